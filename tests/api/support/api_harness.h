// The whole server but its sockets: an application on a directory of its own, and requests that go
// through the router as if they had been read from a connection. Every JSON answer is held to the
// schema that its route publishes.
#pragma once

#include "api/application.h"
#include "api/handlers/clients.h"
#include "api/handlers/companies.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/diff.h"
#include "api/handlers/history.h"
#include "api/handlers/invoices.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/handlers/settings.h"
#include "api/http/target.h"
#include "events/base/strict_json.h"
#include "tests/api/support/schema_check.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <future>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace daybook::tests {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers;
    std::string text; // Of a stream: all of it.
    Json body;        // Null when it is no JSON.

    // Through members and items: at("/lines/0/id"); null when there is nothing.
    Json at(std::string_view pointer) const {
        const Json* found = &body;
        while (found && !pointer.empty()) {
            pointer.remove_prefix(1);
            const std::string token(pointer.substr(0, pointer.find('/')));
            pointer.remove_prefix(token.size());
            if (const JsonArray* items = found->if_array()) {
                const std::size_t i = std::stoul(token);
                found = i < items->size() ? &(*items)[i] : nullptr;
            } else {
                found = found->find(token);
            }
        }
        return found ? *found : Json();
    }
    // As text, whatever it is: "12.00", 3 -> "3", true -> "true", null -> "null".
    std::string operator[](std::string_view pointer) const {
        const Json value = at(pointer);
        return value.is_string() ? *value.if_string() : to_json(value);
    }
    std::size_t count(std::string_view pointer) const {
        const Json value = at(pointer);
        return value.is_array() ? value.if_array()->size() : 0;
    }
    std::string code() const { return (*this)["/code"]; }
    std::string etag() const { return headers.contains("ETag") ? headers.at("ETag") : ""; }
    // "pointer code" of each fault, one a line.
    std::string faults() const {
        std::string lines;
        for (std::size_t i = 0; i < count("/errors"); ++i) {
            const std::string error = "/errors/" + std::to_string(i);
            lines += (*this)[error + "/pointer"] + " " + (*this)[error + "/code"] + "\n";
        }
        return lines;
    }
};

class Api {
  public:
    using Headers = std::vector<api::Header>;

    Api() : application_(open(directory_)), router_(routes()) {
        const Answer company = post("/api/v1/companies", kFrenchCompany);
        EXPECT_EQ(company.status, 201) << company.text;
        base_ = "/api/v1/companies/" + company["/id"];
        client_ = post("/clients", kFrenchClient)["/id"];
    }

    // Paths below the company may be written from there: "/invoices".
    Answer call(std::string method, const std::string& target, std::string body = {},
                Headers headers = {}) {
        api::Request request = request_of(std::move(method), target);
        request.body = std::move(body);
        request.headers = std::move(headers);
        const api::Route* route = route_of(request);
        auto promise = std::make_shared<std::promise<api::Response>>();
        auto future = promise->get_future();
        router_.dispatch(std::move(request), *application_, [promise](api::Response response) {
            promise->set_value(std::move(response));
        });
        Answer answer = read(future.get());
        hold_to_schema(route, target, answer);
        return answer;
    }
    Answer get(const std::string& target, Headers headers = {}) {
        return call("GET", target, {}, std::move(headers));
    }
    Answer post(const std::string& target, std::string body, Headers headers = {}) {
        return call("POST", target, std::move(body), std::move(headers));
    }
    // A verb or a patch with the If-Match that is right now, which is that of `thing`.
    Answer act(const std::string& thing, const std::string& verb, std::string body = "{}") {
        return post(thing + "/" + verb, std::move(body), {{"if-match", get(thing).etag()}});
    }
    Answer patch(const std::string& thing, std::string body) {
        return call("PATCH", thing, std::move(body), {{"if-match", get(thing).etag()}});
    }

    // ---- things that most stories need; what they answer is the thing's path
    std::string draft(const std::string& lines = kFrenchWalk, const std::string& more = {}) {
        const Answer made = post("/invoices", R"({"client_id":")" + client_ + R"(","lines":)"
                                                  + lines + (more.empty() ? "" : "," + more) + "}");
        EXPECT_EQ(made.status, 201) << made.text;
        return "/invoices/" + made["/id"];
    }
    std::string issued(const std::string& lines = kFrenchWalk, const std::string& more = {}) {
        const std::string path = draft(lines, more);
        const Answer issued = act(path, "issue");
        EXPECT_EQ(issued.status, 200) << issued.text;
        return path;
    }
    std::string payment(const std::string& amount, const std::string& more = {}) {
        const Answer made = post("/payments", payment_body(amount, more));
        EXPECT_EQ(made.status, 201) << made.text;
        return "/payments/" + made["/id"];
    }
    std::string payment_body(const std::string& amount, const std::string& more = {}) const {
        return R"({"client_id":")" + client_ + R"(","amount":")" + amount + R"(","received_on":")"
               + today() + R"(","method":"transfer")" + (more.empty() ? "" : "," + more) + "}";
    }

    api::Application& application() { return *application_; }
    const std::string& base() const { return base_; }
    const std::string& client() const { return client_; }
    // The date in the company's zone; negative days lie before it.
    std::string today(int days = 0) const {
        const auto date =
            application_->local_date(application_->clock().now(), "Europe/Paris").value();
        return to_text(add_days(date, days));
    }
    std::uint64_t head() {
        return static_cast<std::uint64_t>(
            get("/invoices?limit=1").at("/revision").integer().value());
    }

    static std::string id_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }

    static constexpr const char* kFrenchWalk =
        R"([{"description":"Conseil","quantity":"1","unit_price":"1000","nature":"service",
             "taxes":[{"scheme":"VAT","category":"S","rate":"20"}]},
            {"description":"Livre","quantity":"1","unit_price":"50","nature":"goods",
             "taxes":[{"scheme":"VAT","category":"S","rate":"5.5"}]}])";
    static constexpr const char* kFrenchCompany =
        R"({"name":"Atelier Lumière","country":"FR","currency":"EUR","locale":"fr-FR",
            "time_zone":"Europe/Paris","legal_form":"SARL",
            "address":{"line1":"1 rue de la Paix","postal_code":"75002","city":"Paris"},
            "identifiers":{"siren":"404833048","vat_number":"FR83404833048"}})";
    static constexpr const char* kFrenchClient =
        R"({"name":"Dupont SA","address":{"line1":"2 rue Foch","postal_code":"69006",
            "city":"Lyon","country":"FR"}})";

    static Answer read(api::Response response) {
        Answer answer;
        answer.status = response.status;
        for (auto& [name, value] : response.headers)
            answer.headers.emplace(name, value);
        answer.text = std::move(response.body);
        if (response.stream)
            while (response.stream->next(answer.text) != api::BodyStream::State::end) {
            }
        if (auto json = parse_strict_json(answer.text))
            answer.body = std::move(*json);
        return answer;
    }

  private:
    static std::unique_ptr<api::Application> open(const TempDirectory& directory) {
        return ok(api::Application::open({.data_directory = directory.path()}));
    }
    static std::vector<api::Route> routes() {
        std::vector<api::Route> all;
        for (auto make :
             {api::company_routes, api::client_routes, api::invoice_routes, api::credit_note_routes,
              api::payment_routes, api::history_routes, api::diff_routes, api::product_routes,
              api::series_routes, api::tax_rate_routes, api::terms_routes,
              api::money_account_routes, api::lock_routes})
            for (api::Route& route : make())
                all.push_back(std::move(route));
        return all;
    }

    api::Request request_of(std::string method, const std::string& target) const {
        const bool whole = target.starts_with("/api/");
        const auto parsed = api::parse_target(whole ? target : base_ + target);
        CHECK(parsed.has_value(), "a test asks for a target that can be asked for");
        api::Request request;
        request.method = std::move(method);
        request.path = parsed->path;
        request.segments = parsed->segments;
        request.query = parsed->query;
        request.request_id = "test";
        return request;
    }

    const api::Route* route_of(const api::Request& request) const {
        for (const api::Route& route : router_.routes()) {
            const auto pattern = api::parse_target(without_braces(route.pattern))->segments;
            const bool fits = std::ranges::equal(
                pattern, request.segments, [](const std::string& want, const std::string& have) {
                    return want == "*" || want == have;
                });
            if (route.method == request.method && fits)
                return &route;
        }
        return nullptr;
    }
    static std::string without_braces(const std::string& pattern) {
        return std::regex_replace(pattern, std::regex("\\{[a-z_]+\\}"), "*");
    }

    static void hold_to_schema(const api::Route* route, const std::string& target,
                               const Answer& answer) {
        const bool shown = answer.status == 200 || answer.status == 201;
        if (!shown || !route || !route->response || answer.body.is_null())
            return;
        const bool preview = target.find("validate_only=true") != std::string::npos;
        const auto fault =
            schema_fault(route->response->value, preview ? answer.at("/result") : answer.body);
        EXPECT_FALSE(fault) << route->method << " " << route->pattern << ": " << *fault;
    }

    TempDirectory directory_;
    std::unique_ptr<api::Application> application_;
    api::Router router_;
    std::string base_;
    std::string client_;
};

} // namespace daybook::tests
