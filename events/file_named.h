// Which file an event keeps, and whose words it erases.
#pragma once

#include "events/event.h"

namespace daybook {

// The content that the event attaches, or opens a line with; nothing where it was erased since.
inline const Hash* file_named(const Event& event) {
    if (const auto* attached = std::get_if<FileAttached>(&event))
        return &attached->blob;
    const auto* opened = std::get_if<FileOpened>(&event);
    return opened && !opened->erased ? &opened->file.blob : nullptr;
}

// Personal data that are gone for good; a line without history begins with those that were.
inline const Hash* person_erased(const Event& event) {
    if (const auto* erased = std::get_if<PersonErased>(&event))
        return &erased->blob;
    const auto* opened = std::get_if<FileOpened>(&event);
    return opened && opened->erased ? &opened->file.blob : nullptr;
}

} // namespace daybook
