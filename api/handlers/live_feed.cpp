#include "api/handlers/live_feed.h"

#include "api/present/event.h"
#include "engine/adapters/callback_box.h"
#include "engine/command/live_versions.h"
#include "events/codec/codec.h"

namespace daybook::api {
namespace {

// next() is called at least once a second while it waits, so this is about 15 seconds.
constexpr int kWaitsBeforeHeartbeat = 15;

class EventStream final : public BodyStream {
  public:
    EventStream(log::EventLog& log, const LiveFeed& feed)
        : log_(log), feed_(feed), wake_(std::make_shared<CallbackBox>()) {
        watch_ = log_.watch(
            [line = feed.line, wake = wake_](log::LineNumber moved, const log::LineHead&) {
                if (moved == line)
                    wake->call();
            });
    }
    ~EventStream() override { log_.unwatch(watch_); }

    void on_ready(std::function<void()> wake) override { wake_->set(std::move(wake)); }

    State next(std::string& out) override {
        const auto records = log_.read(feed_.line, feed_.after + 1, {.records_max = 100});
        if (!records)
            return State::end;
        const bool is_behind = !records->empty() && is_wanted(records->front().revision);
        command::LiveVersions versions(log_, feed_.line, feed_.book);
        for (const log::StoredRecord& record : *records) {
            if (!is_wanted(record.revision))
                break;
            const auto event = decode_record(record.bytes);
            const auto live =
                event ? versions.is_live(event->envelope.entity, event->envelope.entity_version)
                      : std::unexpected(event.error());
            if (!live)
                return State::end;
            out += "id: " + std::to_string(feed_.epoch) + "-" + std::to_string(record.revision)
                   + "\nevent: " + event->envelope.type + "\ndata: "
                   + to_json(show_event(*event, record.bytes, *live, feed_.language, feed_.digits))
                   + "\n\n";
            feed_.after = record.revision;
        }
        if (is_behind) {
            waits_ = 0;
            return State::more;
        }
        const bool is_told = caught_up_ && feed_.until;
        if (is_told || (feed_.is_current && !feed_.is_current()))
            return State::end;
        if (!caught_up_) {
            caught_up_ = true;
            out += "event: caught_up\ndata: {\"revision\":" + std::to_string(feed_.after) + "}\n\n";
            if (feed_.until)
                return State::more;
        } else if (++waits_ >= kWaitsBeforeHeartbeat) {
            waits_ = 0;
            out += ": heartbeat\n\n";
        }
        return State::wait;
    }

  private:
    bool is_wanted(Revision revision) const { return !feed_.until || revision <= *feed_.until; }

    log::EventLog& log_;
    LiveFeed feed_;
    std::shared_ptr<CallbackBox> wake_; // Outlives the stream inside the watcher.
    std::uint64_t watch_ = 0;
    bool caught_up_ = false;
    int waits_ = 0;
};

} // namespace

std::unique_ptr<BodyStream> live_feed(log::EventLog& log, const LiveFeed& feed) {
    return std::make_unique<EventStream>(log, feed);
}

} // namespace daybook::api
