#include "api/present/backup.h"

#include "api/json/party_json.h"

namespace daybook::api {

using namespace schema;

namespace {

std::string path_of(const custody::Backup& backup) {
    return "/api/v1/companies/" + to_text(backup.company) + "/backups/" + to_text(backup.id);
}

} // namespace

Json show_not_copied(const std::optional<custody::NotCopied>& failure) {
    if (!failure)
        return Json();
    Json json;
    json.set("target", failure->target);
    json.set("at", to_text(failure->at));
    json.set("why", failure->why);
    return json;
}

Schema not_copied_schema() {
    return nullable(object({{"target", text()}, {"at", instant()}, {"why", text()}}));
}

Json show_backup(const custody::Backup& backup) {
    Json options;
    options.set("attachments", backup.attachments);
    options.set("emails", backup.emails);
    options.set("history", backup.history);
    JsonArray copies;
    for (const std::string& copy : backup.copies)
        copies.push_back(Json(copy));
    Json json;
    json.set("id", to_text(backup.id));
    json.set("company_id", to_text(backup.company));
    json.set("name", backup.name);
    json.set("state", backup.expired_at ? "expired" : "verified");
    json.set("file", backup.expired_at ? Json() : Json(path_of(backup) + "/file"));
    json.set("bytes", backup.bytes);
    json.set("sha256", to_hex(backup.file_sha256));
    json.set("log_id", to_text(backup.log_id));
    json.set("epoch", backup.epoch);
    json.set("revision", backup.revision);
    json.set("root", to_hex(backup.root));
    json.set("options", std::move(options));
    json.set("sealed", backup.sealed);
    json.set("scheduled", backup.scheduled);
    json.set("made_at", to_text(backup.made_at));
    json.set("made_by", backup.made_by);
    json.set("verified_at", to_text(backup.verified_at));
    json.set("expired_at", backup.expired_at ? Json(to_text(*backup.expired_at)) : Json());
    json.set("copies", std::move(copies));
    json.set("not_copied", show_not_copied(backup.not_copied));
    json.set("downloads", backup.downloads);
    return json;
}

Schema backup_schema() {
    return named("Backup", object({{"id", uuid()},
                                   {"company_id", uuid()},
                                   {"name", text()},
                                   {"state", text_of({"verified", "expired"})},
                                   {"file", text_or_null_schema()},
                                   {"bytes", integer()},
                                   {"sha256", hex()},
                                   {"log_id", uuid()},
                                   {"epoch", integer()},
                                   {"revision", integer()},
                                   {"root", hex()},
                                   {"options", object({{"attachments", boolean()},
                                                       {"emails", boolean()},
                                                       {"history", boolean()}})},
                                   {"sealed", boolean()},
                                   {"scheduled", boolean()},
                                   {"made_at", instant()},
                                   {"made_by", text()},
                                   {"verified_at", instant()},
                                   {"expired_at", nullable(instant())},
                                   {"copies", array(text())},
                                   {"not_copied", not_copied_schema()},
                                   {"downloads", integer()}}));
}

} // namespace daybook::api
