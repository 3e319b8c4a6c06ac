// What a person calls a thing: its number, its name. Lists of things of several kinds show it.
#pragma once

#include "engine/domain/states.h"
#include "events/catalogue.h"

#include <string>

namespace daybook::api {

// Of a thing that has neither number nor name yet (a draft), a few words in the language. Empty
// for monostate.
std::string label_of(const domain::State& state, Language language);

} // namespace daybook::api
