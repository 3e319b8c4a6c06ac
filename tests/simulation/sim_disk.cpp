#include "tests/simulation/sim_disk.h"

#include <algorithm>

namespace daybook::simulation {
namespace {

constexpr std::size_t kSectorBytes = 512;

std::size_t below(Chance& chance, std::size_t bound) {
    return bound == 0 ? 0 : static_cast<std::size_t>(chance() % bound);
}

// A file after a power cut: each sector as it was synced or as it was written since; of what was
// written behind the end a part, in which sectors may have stayed empty.
std::string torn(const SimDisk::Inode& file, Chance& chance) {
    if (file.bytes == file.durable)
        return file.durable;
    const std::size_t longer = std::max(file.bytes.size(), file.durable.size());
    const std::size_t shorter = std::min(file.bytes.size(), file.durable.size());
    const std::size_t size = shorter + below(chance, longer - shorter + 1);
    std::string left(size, '\0');
    for (std::size_t at = 0; at < size; at += kSectorBytes) {
        const std::size_t end = std::min(size, at + kSectorBytes);
        const std::size_t fate = below(chance, 4);
        const std::string& from = fate < 2 ? file.bytes : file.durable;
        if (fate == 3 && at >= file.durable.size())
            continue; // The size was written and the content was not.
        for (std::size_t byte = at; byte < end; ++byte)
            if (byte < from.size())
                left[byte] = from[byte];
            else if (byte < file.durable.size())
                left[byte] = file.durable[byte];
    }
    return left;
}

} // namespace

struct SimDisk::Snapshot {
    std::map<std::string, Inode> files;
};

// "/a/b" of "/a//b/", which is how RocksDB sometimes writes it.
std::string plain(std::string_view path) {
    std::string name;
    for (const char letter : path)
        if (letter != '/' || name.empty() || name.back() != '/')
            name.push_back(letter);
    if (name.size() > 1 && name.back() == '/')
        name.pop_back();
    return name;
}

std::string directory_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string_view::npos ? "/" : std::string(path.substr(0, slash));
}

SimDisk::SimDisk() {
    const auto root = std::make_shared<Inode>(Inode{true, {}, {}});
    names_["/"] = root;
    durable_names_["/"] = root;
}

// ---- while it runs
// -------------------------------------------------------------------------------

Done SimDisk::count(char kind, std::string_view path, bool grows) {
    if (faults_.power_off_at != 0 && operations_ + 1 >= faults_.power_off_at) {
        has_failed_ = true;
        return Done::power_is_off;
    }
    ++operations_;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    trace_ = (trace_ ^ static_cast<unsigned char>(kind)) * 1099511628211U;
    for (const char letter : name)
        trace_ = (trace_ ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    if (operations_ == faults_.io_error_at) {
        has_failed_ = true;
        return Done::io_error;
    }
    if (grows && faults_.full_at != 0 && operations_ >= faults_.full_at) {
        has_failed_ = true;
        return Done::disk_is_full;
    }
    return Done::yes;
}

void SimDisk::apply(std::map<std::string, Node>& names, const NameChange& change) {
    if (!change.gone.empty())
        names.erase(change.gone);
    if (!change.named.empty())
        names[change.named] = change.node;
}

void SimDisk::change_name(NameChange change) {
    apply(names_, change);
    unsynced_.push_back(std::move(change));
}

SimDisk::Node SimDisk::find(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    const auto found = names_.find(path);
    return found == names_.end() ? nullptr : found->second;
}

std::vector<std::string> SimDisk::children(const std::string& directory) const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> found;
    for (const auto& [path, node] : names_)
        if (path != "/" && directory_of(path) == directory)
            found.push_back(path.substr(path.rfind('/') + 1));
    return found;
}

Done SimDisk::create(const std::string& path, Node& made) {
    const std::scoped_lock lock(mutex_);
    if (!names_.contains(directory_of(path)))
        return Done::not_there;
    if (const Done done = count('c', path, true); done != Done::yes)
        return done;
    made = std::make_shared<Inode>();
    change_name({{}, path, made});
    return Done::yes;
}

Done SimDisk::make_directory(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (names_.contains(path))
        return Done::exists;
    if (!names_.contains(directory_of(path)))
        return Done::not_there;
    if (const Done done = count('d', path, true); done != Done::yes)
        return done;
    change_name({{}, path, std::make_shared<Inode>(Inode{true, {}, {}})});
    return Done::yes;
}

Done SimDisk::remove(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!names_.contains(path))
        return Done::not_there;
    if (const Done done = count('r', path, false); done != Done::yes)
        return done;
    change_name({path, {}, {}});
    return Done::yes;
}

// A directory takes along what is in it: one change of the parent, so one change for each name
// here, kept together by being the same rename.
Done SimDisk::rename(const std::string& from, const std::string& to) {
    const std::scoped_lock lock(mutex_);
    const auto found = names_.find(from);
    if (found == names_.end())
        return Done::not_there;
    if (const Done done = count('m', to, false); done != Done::yes)
        return done;
    std::vector<NameChange> changes{{from, to, found->second}};
    for (const auto& [path, node] : names_)
        if (path.starts_with(from + "/"))
            changes.push_back({path, to + path.substr(from.size()), node});
    if (changes.size() > 1) {
        // What is below moves with the directory, durable as far as it was: settle it at once.
        for (const NameChange& each : unsynced_)
            apply(durable_names_, each);
        unsynced_.clear();
        for (const NameChange& each : changes) {
            apply(names_, each);
            apply(durable_names_, each);
        }
        return Done::yes;
    }
    change_name(changes.front());
    return Done::yes;
}

Done SimDisk::write_at(Inode& file, std::uint64_t offset, std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    const bool grows = offset + bytes.size() > file.bytes.size();
    if (const Done done = count('w', {}, grows); done != Done::yes)
        return done;
    const auto at = static_cast<std::size_t>(offset);
    if (grows)
        file.bytes.resize(at + bytes.size());
    file.bytes.replace(at, bytes.size(), bytes);
    return Done::yes;
}

Done SimDisk::truncate(Inode& file, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    if (const Done done = count('t', {}, false); done != Done::yes)
        return done;
    file.bytes.resize(static_cast<std::size_t>(size));
    return Done::yes;
}

Done SimDisk::sync(Inode& file) {
    const std::scoped_lock lock(mutex_);
    if (const Done done = count('s', {}, false); done != Done::yes)
        return done;
    if (!lies_)
        file.durable = file.bytes;
    return Done::yes;
}

Done SimDisk::sync_directory(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!names_.contains(path))
        return Done::not_there;
    if (const Done done = count('y', path, false); done != Done::yes)
        return done;
    std::erase_if(unsynced_, [&](const NameChange& change) {
        const bool is_here = (!change.gone.empty() && directory_of(change.gone) == path)
                             || (!change.named.empty() && directory_of(change.named) == path);
        if (is_here)
            apply(durable_names_, change);
        return is_here;
    });
    return Done::yes;
}

// ---- what the world does
// -------------------------------------------------------------------------

void SimDisk::set(const Faults& faults) {
    const std::scoped_lock lock(mutex_);
    faults_ = faults;
    operations_ = 0;
    has_failed_ = false;
}

bool SimDisk::has_failed() const {
    const std::scoped_lock lock(mutex_);
    return has_failed_;
}

std::uint64_t SimDisk::operations() const {
    const std::scoped_lock lock(mutex_);
    return operations_;
}

std::uint64_t SimDisk::trace() const {
    const std::scoped_lock lock(mutex_);
    return trace_;
}

void SimDisk::lose_power(Chance& chance, Names names) {
    const std::scoped_lock lock(mutex_);
    const std::size_t kept = below(chance, unsynced_.size() + 1);
    for (std::size_t i = 0; i < unsynced_.size(); ++i)
        if (names == Names::ordered ? i < kept : below(chance, 2) == 0)
            apply(durable_names_, unsynced_[i]);
    unsynced_.clear();
    // What lies in a directory that did not come to be is gone with it.
    std::erase_if(durable_names_, [this](const auto& each) {
        return each.first != "/" && !durable_names_.contains(directory_of(each.first));
    });
    std::map<const Inode*, Node> left;
    for (auto& [path, node] : durable_names_) {
        Node& copy = left[node.get()];
        if (!copy) {
            copy = std::make_shared<Inode>(*node);
            copy->bytes = torn(*node, chance);
            copy->durable = copy->bytes;
        }
        node = copy;
    }
    names_ = durable_names_;
    faults_ = {};
}

std::string SimDisk::flip_bit(Chance& chance, std::string_view under) {
    const std::scoped_lock lock(mutex_);
    std::vector<std::pair<std::string, Node>> files;
    for (const auto& [path, node] : names_)
        if (path.starts_with(under) && !node->bytes.empty())
            files.emplace_back(path, node);
    if (files.empty())
        return {};
    const auto& [path, node] = files[below(chance, files.size())];
    const std::size_t bit = below(chance, node->bytes.size() * 8);
    node->bytes[bit / 8] = static_cast<char>(node->bytes[bit / 8] ^ (1 << bit % 8));
    node->durable = node->bytes;
    return path + " bit " + std::to_string(bit);
}

std::shared_ptr<const SimDisk::Snapshot> SimDisk::snapshot() const {
    const std::scoped_lock lock(mutex_);
    auto taken = std::make_shared<Snapshot>();
    for (const auto& [path, node] : names_)
        taken->files[path] = *node;
    return taken;
}

void SimDisk::restore(const Snapshot& snapshot) {
    const std::scoped_lock lock(mutex_);
    names_.clear();
    for (const auto& [path, inode] : snapshot.files)
        names_[path] = std::make_shared<Inode>(inode);
    durable_names_ = names_;
    unsynced_.clear();
}

} // namespace daybook::simulation
