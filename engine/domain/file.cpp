#include "engine/domain/file.h"

#include "engine/domain/profile_rules.h"
#include "events/base/check.h"

namespace daybook::domain {
namespace {

bool may_have_files(EntityKind kind) {
    return kind != EntityKind::file && kind != EntityKind::import && kind != EntityKind::timeline;
}

Faults faults_of(const FileAttached& file) {
    Faults faults;
    check_name(file.name, "/name", faults);
    check_length(file.role, 100, "/role", faults);
    if (file.size == 0)
        faults.push_back({"", Code::missing_member, "the file is empty"});
    return faults;
}

} // namespace

Decision decide(const Books& books, const AttachFile& command, const Circumstances&) {
    CHECK(!books.find(ref(command.id)), "the id of a new file is new");
    if (!may_have_files(command.file.owner.kind) || !books.find(command.file.owner))
        return refuse(Code::not_found);
    if (Faults faults = faults_of(command.file); !faults.empty())
        return refuse_for(std::move(faults));
    return happens(ref(command.id), command.file);
}

Decision decide(const Books& books, const DetachFile& command, const Circumstances&) {
    const auto* file = books.get<FileState>(EntityKind::file, command.id.value);
    if (!file)
        return refuse(Code::not_found);
    if (file->detached)
        return nothing_happens();
    return happens(ref(command.id), FileDetached{file->file.owner, file->file.blob});
}

} // namespace daybook::domain
