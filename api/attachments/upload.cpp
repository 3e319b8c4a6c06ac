#include "api/attachments/upload.h"

#include "api/attachments/blob_sink.h"
#include "api/http/file_name.h"
#include "api/or_problem.h"
#include "api/present/file.h"
#include "api/routing/preview.h"
#include "engine/adapters/media_type.h"

namespace daybook::api {
namespace {

using domain::Code;

constexpr std::size_t kPage = 500;

Problem refusal(Code code, std::string detail) {
    return problem_of(domain::Refusal{code, std::move(detail), {}, {}, {}});
}

// What came, and what it is to be.
struct Upload {
    Call call;
    std::shared_ptr<BlobSink> sink;
    FileAttached file;
    std::string location; // Of the attachments of the owner.
};

std::expected<FileAttached, Problem> describe(const Call& call, const log::IncomingBlob& blob) {
    FileAttached file;
    const std::string_view header = call.request.header("x-filename");
    const auto name = parse_file_name(header.empty() ? "file" : header);
    if (!name)
        return std::unexpected(problem(400, "bad_request",
                                       "X-Filename: a name, or UTF-8'' and a percent-encoded one"));
    if (blob.size() == 0)
        return std::unexpected(refusal(Code::missing_member, "the file is empty"));
    file.name = *name;
    file.blob = blob.name();
    file.size = blob.size();
    file.media_type = sniff_media_type(blob.beginning());
    file.role = call.request.parameter("role").value_or("");
    return file;
}

struct Known {
    EntityRef thing;
    projections::EntityRow row;
};

// The attachment that these bytes are already, in all files of the owner as they stand.
std::expected<std::optional<Known>, Problem>
find_known(const CompanyView& view, const FileAttached& file, bool was_missing) {
    projections::ListQuery query;
    query.kind = EntityKind::file;
    query.client_id = ClientId{file.owner.id};
    query.status = {"live"};
    query.limit = kPage;
    query.today = view.today;
    while (true) {
        const auto page = TRY(or_problem(view.snapshot->list(query)));
        for (const projections::ListItem& item : page.items) {
            const auto& there = std::get<domain::FileState>(item.row.state).file;
            if (there.blob == file.blob && (was_missing || there.name == file.name))
                return Known{item.thing, item.row};
        }
        if (page.next.empty())
            return std::nullopt;
        query.after = page.next;
    }
}

Reply show_known(const Call& call, const CompanyView& view, const Known& known) {
    Response response =
        json_response(200, TRY(show_file(call, view, known.thing, known.row)), view);
    response.headers.emplace_back("ETag", etag_of(call, view.where, known.row));
    return response;
}

// On the thread for files. Answers when there is nothing to record; else yields what is.
std::expected<std::optional<Response>, Problem> keep(Upload& upload) {
    if (upload.call.is_preview())
        return std::nullopt;
    const bool was_missing = !TRY(or_problem(upload.call.service.blobs().holds(upload.file.blob)));
    TRY(or_problem(upload.sink->blob().keep()));
    if (!was_missing && !upload.call.request.header("idempotency-key").empty())
        return std::nullopt; // The sequencer knows whether this was asked before.
    const CompanyView view = TRY(open_company(upload.call));
    const auto known = TRY(find_known(view, upload.file, was_missing));
    if (!known)
        return std::nullopt;
    return TRY(show_known(upload.call, view, *known));
}

void record(Upload upload, const Respond& respond) {
    const Uuid id = upload.call.service.ids().next_id();
    Write write;
    write.thing = {EntityKind::file, id};
    write.status = 201;
    write.location = upload.location + "/" + to_text(id);
    write.show = show_file;
    write.command = domain::AttachFile{FileId{id}, std::move(upload.file)};
    upload.call.request.sink = std::move(upload.sink); // Its digest is part of the request's.
    perform(std::move(upload.call), std::move(write), respond);
}

} // namespace

void attach(Call call, EntityRef owner, std::string location, Respond respond) {
    auto sink = uploaded(call.request, call.service);
    if (!sink)
        return refuse(call, respond, problem_of(sink.error()));
    auto file = describe(call, (*sink)->blob());
    if (!file)
        return refuse(call, respond, file.error());
    file->owner = owner;
    Service& service = call.service;
    auto upload = std::make_shared<Upload>(
        Upload{std::move(call), *std::move(sink), *std::move(file), std::move(location)});
    service.file_work([upload, respond = std::move(respond)] {
        auto answer = keep(*upload);
        if (!answer)
            return refuse(upload->call, respond, answer.error());
        if (*answer)
            return respond(std::move(**answer));
        record(std::move(*upload), respond);
    });
}

void join(Call call, Respond respond) {
    auto sink = uploaded(call.request, call.service);
    if (!sink)
        return refuse(call, respond, problem_of(sink.error()));
    Service& service = call.service;
    const auto shared = std::make_shared<Call>(std::move(call));
    service.file_work([shared, sink = *std::move(sink), respond = std::move(respond)] {
        Reply answer = [&]() -> Reply {
            const CompanyView view = TRY(open_company(*shared));
            const EntityRef thing{EntityKind::file, TRY(shared->id("id"))};
            const projections::EntityRow row = TRY(find_thing(view, thing));
            const auto& file = std::get<domain::FileState>(row.state);
            if (file.erased)
                return std::unexpected(problem(410, "file_erased"));
            if (sink->blob().name() != file.file.blob)
                return std::unexpected(problem(422, "file_differs",
                                               "wanted SHA-256 " + to_hex(file.file.blob)
                                                   + ", these bytes have " + sink->digest()));
            if (shared->is_preview())
                return preview_response(*shared,
                                        {TRY(show_file(*shared, view, thing, row)), {}, {}});
            TRY(or_problem(sink->blob().keep()));
            return show_known(*shared, view, {thing, row});
        }();
        if (!answer)
            return refuse(*shared, respond, answer.error());
        respond(std::move(*answer));
    });
}

} // namespace daybook::api
