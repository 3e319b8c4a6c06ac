#include "engine/domain/commands.h"

template struct daybook::Sum<daybook::domain::AnyCommand>;
