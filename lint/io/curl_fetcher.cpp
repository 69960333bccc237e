#include "lint/io/curl_fetcher.h"

#include <algorithm>
#include <array>
#include <thread>

#include <curl/curl.h>
#include <dlfcn.h>
#include <sys/socket.h>

#include "lint/core/strings.h"
#include "lint/io/static_program.h"

namespace docathon {

namespace {

constexpr std::size_t kLongestHeader = 8 * 1024;   // kept of a header's value
constexpr std::size_t kMostHeaders = 256 * 1024;   // bytes of all headers of an answer
constexpr std::uint64_t kMostIgnored = 32 * 1024;  // read of a body that nobody wants, so that the
                                                   // connection can be used again
constexpr long kKeptConnections = 600;
constexpr unsigned kOldestVersion = 0x074200;  // 7.66: curl_multi_poll

/// The functions of libcurl, found by name.
struct Api {
    void* library = nullptr;
    decltype(&curl_global_init) global_init = nullptr;
    decltype(&curl_version_info) version_info = nullptr;
    decltype(&curl_easy_init) easy_init = nullptr;
    decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
    CURLcode (*easy_setopt)(CURL*, CURLoption, ...) = nullptr;
    CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...) = nullptr;
    decltype(&curl_easy_strerror) easy_strerror = nullptr;
    decltype(&curl_multi_init) multi_init = nullptr;
    decltype(&curl_multi_cleanup) multi_cleanup = nullptr;
    CURLMcode (*multi_setopt)(CURLM*, CURLMoption, ...) = nullptr;
    decltype(&curl_multi_add_handle) multi_add_handle = nullptr;
    decltype(&curl_multi_remove_handle) multi_remove_handle = nullptr;
    decltype(&curl_multi_perform) multi_perform = nullptr;
    decltype(&curl_multi_poll) multi_poll = nullptr;
    decltype(&curl_multi_info_read) multi_info_read = nullptr;
    decltype(&curl_slist_append) slist_append = nullptr;
    decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

template <class F>
bool find(void* library, const char* name, F& function) {
    function = reinterpret_cast<F>(::dlsym(library, name));
    return function != nullptr;
}

bool find_all(Api& api) {
    void* const l = api.library;
    return find(l, "curl_global_init", api.global_init) &&
           find(l, "curl_version_info", api.version_info) &&
           find(l, "curl_easy_init", api.easy_init) &&
           find(l, "curl_easy_cleanup", api.easy_cleanup) &&
           find(l, "curl_easy_setopt", api.easy_setopt) &&
           find(l, "curl_easy_getinfo", api.easy_getinfo) &&
           find(l, "curl_easy_strerror", api.easy_strerror) &&
           find(l, "curl_multi_init", api.multi_init) &&
           find(l, "curl_multi_cleanup", api.multi_cleanup) &&
           find(l, "curl_multi_setopt", api.multi_setopt) &&
           find(l, "curl_multi_add_handle", api.multi_add_handle) &&
           find(l, "curl_multi_remove_handle", api.multi_remove_handle) &&
           find(l, "curl_multi_perform", api.multi_perform) &&
           find(l, "curl_multi_poll", api.multi_poll) &&
           find(l, "curl_multi_info_read", api.multi_info_read) &&
           find(l, "curl_slist_append", api.slist_append) &&
           find(l, "curl_slist_free_all", api.slist_free_all);
}

constexpr const char* kHint =
    "'links' asks the network through libcurl; install it (Debian: libcurl4)";

Result<Api> open_library(const std::string& file) {
    if (is_static_program())
        return fail(
            "this build of the program is static and cannot open libcurl, which 'links' "
            "needs; use a build from source");
    std::vector<std::string> names = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib",
                                      "libcurl.so"};
    if (!file.empty())
        names = {file};
    std::string why;
    for (const std::string& name : names) {
        Api api;
        api.library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (api.library == nullptr) {
            if (const char* const error = ::dlerror(); error != nullptr && why.empty())
                why = error;
            continue;
        }
        // Never closed: threads of its resolver may outlive everything.
        if (!find_all(api))
            return fail("'" + name + "' lacks functions of libcurl 7.66; " + kHint);
        return api;
    }
    return fail(std::string("libcurl could not be opened (") + why + "); " + kHint);
}

/// One exchange, and the handle that is used for it again and again.
struct Slot {
    const Api* api = nullptr;
    const AllowedPrivate* allowed = nullptr;
    CURL* easy = nullptr;
    FetchRequest request;
    FetchResponse response;
    curl_slist* headers = nullptr;
    curl_slist* resolve = nullptr;
    std::array<char, CURL_ERROR_SIZE> error{};
    std::size_t header_bytes = 0;
    std::uint64_t body_bytes = 0;
    bool headers_done = false;
    bool refused = false;
    bool too_many_headers = false;
    bool active = false;

    void set(CURLoption option, long value) const { api->easy_setopt(easy, option, value); }
    void set(CURLoption option, const char* value) const { api->easy_setopt(easy, option, value); }
    void set(CURLoption option, void* value) const { api->easy_setopt(easy, option, value); }
    template <class R, class... A>
    void set_function(CURLoption option, R (*function)(A...)) const {
        api->easy_setopt(easy, option, function);
    }
};

bool may_connect(Slot& slot, const Address& address) {
    slot.response.address = address.to_string();
    if (is_public(address) || slot.allowed->allows(slot.request.host, address))
        return true;
    slot.refused = true;
    return false;
}

curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* to) {
    Slot& slot = *static_cast<Slot*>(self);
    const std::optional<Address> address = address_of(&to->addr);
    if (!address || !may_connect(slot, *address)) {
        slot.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/// Again when the request is about to be sent, with the address that the connection really has.
int on_connected(void* self, char* primary_ip, char*, int, int) {
    Slot& slot = *static_cast<Slot*>(self);
    std::string text = primary_ip == nullptr ? "" : primary_ip;
    text = text.substr(0, text.find('%'));  // a zone
    const std::optional<Address> address = parse_address(text);
    if (address && may_connect(slot, *address)) {
        slot.refused = false;  // another address of the name may have been refused before
        return CURL_PREREQFUNC_OK;
    }
    slot.refused = true;
    return CURL_PREREQFUNC_ABORT;
}

void keep_header(Slot& slot, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view name = line.substr(0, colon);
    std::string* target = nullptr;
    if (ascii_iequals(name, "location"))
        target = &slot.response.location;
    else if (ascii_iequals(name, "retry-after"))
        target = &slot.response.retry_after;
    else if (ascii_iequals(name, "content-type"))
        target = &slot.response.content_type;
    else if (ascii_iequals(name, "content-range"))
        target = &slot.response.content_range;
    if (target != nullptr)
        *target = trim(line.substr(colon + 1)).substr(0, kLongestHeader);
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
    Slot& slot = *static_cast<Slot*>(self);
    const std::string_view line(data, size * count);
    slot.header_bytes += line.size();
    if (slot.header_bytes > kMostHeaders) {
        slot.too_many_headers = true;
        return 0;
    }
    if (slot.headers_done)
        return line.size();  // a trailer
    if (line.starts_with("HTTP/")) {
        // After an interim answer (100, 103) the real one follows.
        slot.response.location.clear();
        slot.response.retry_after.clear();
        slot.response.status = 0;
        const std::size_t space = line.find(' ');
        if (space != std::string_view::npos) {
            for (const char c : line.substr(space + 1, 3))
                slot.response.status =
                    is_ascii_digit(c) ? slot.response.status * 10 + (c - '0') : 0;
        }
    } else if (trim(line).empty()) {
        slot.headers_done = slot.response.status >= 200;
    } else {
        keep_header(slot, line);
    }
    return line.size();
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    Slot& slot = *static_cast<Slot*>(self);
    const std::string_view bytes(data, size * count);
    const bool wanted = slot.request.body && slot.response.status / 100 == 2;
    const std::uint64_t most = wanted ? slot.request.max_body : kMostIgnored;
    const std::uint64_t room = most - std::min(most, slot.body_bytes);
    slot.body_bytes += bytes.size();
    if (wanted && !slot.request.body(bytes.substr(0, room))) {
        slot.response.body_end = BodyEnd::stopped;
        return 0;
    }
    if (bytes.size() > room) {
        slot.response.body_end = wanted ? BodyEnd::cut : BodyEnd::stopped;
        return 0;
    }
    return bytes.size();
}

FetchEnd end_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return FetchEnd::dns;
        case CURLE_COULDNT_CONNECT:
        case CURLE_INTERFACE_FAILED:
            return FetchEnd::connect;
        case CURLE_OPERATION_TIMEDOUT:
            return FetchEnd::timeout;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_CLIENTCERT:
            return FetchEnd::tls;
        case CURLE_URL_MALFORMAT:
            return FetchEnd::url;
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_PARTIAL_FILE:
            return FetchEnd::dropped;
        default:
            return FetchEnd::malformed;
    }
}

}  // namespace

struct CurlFetcher::Impl {
    Api api;
    CurlOptions options;
    CURLM* multi = nullptr;
    const curl_version_info_data* version = nullptr;
    std::vector<std::unique_ptr<Slot>> slots;  // all that were ever needed at once
    std::vector<Slot*> idle;
    std::vector<FetchResponse> ended;  // before they could start
    std::size_t running = 0;

    Slot* take_slot() {
        if (!idle.empty()) {
            Slot* const slot = idle.back();
            idle.pop_back();
            return slot;
        }
        auto made = std::make_unique<Slot>();
        made->api = &api;
        made->allowed = &options.allowed;
        made->easy = api.easy_init();
        if (made->easy == nullptr)
            return nullptr;
        prepare(*made);
        slots.push_back(std::move(made));
        return slots.back().get();
    }

    /// What is the same for all exchanges of a handle.
    void prepare(Slot& slot) const {
        void* const self = &slot;
        slot.set(CURLOPT_NOSIGNAL, 1L);
        slot.set(CURLOPT_FOLLOWLOCATION, 0L);
        slot.set(CURLOPT_PROTOCOLS_STR, "http,https");  // libcurl before 7.85 does not know it;
                                                        // URLs are checked before they come here
        slot.set(CURLOPT_PROXY, "");
        slot.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        slot.set(CURLOPT_SSL_VERIFYPEER, 1L);
        slot.set(CURLOPT_SSL_VERIFYHOST, 2L);
        slot.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        slot.set(CURLOPT_HTTP09_ALLOWED, 0L);
        slot.set(CURLOPT_BUFFERSIZE, 16384L);
        slot.set(CURLOPT_TCP_NODELAY, 1L);
        slot.set(CURLOPT_USERAGENT, options.user_agent.c_str());
        slot.set(CURLOPT_ERRORBUFFER, static_cast<void*>(slot.error.data()));
        slot.set(CURLOPT_PRIVATE, self);
        slot.set_function(CURLOPT_OPENSOCKETFUNCTION, &on_socket);
        slot.set(CURLOPT_OPENSOCKETDATA, self);
        slot.set_function(CURLOPT_PREREQFUNCTION, &on_connected);
        slot.set(CURLOPT_PREREQDATA, self);
        slot.set_function(CURLOPT_HEADERFUNCTION, &on_header);
        slot.set(CURLOPT_HEADERDATA, self);
        slot.set_function(CURLOPT_WRITEFUNCTION, &on_body);
        slot.set(CURLOPT_WRITEDATA, self);
        if (!options.ca_file.empty())
            slot.set(CURLOPT_CAINFO, options.ca_file.c_str());
    }

    void append(curl_slist*& list, const std::string& text) const {
        if (curl_slist* const longer = api.slist_append(list, text.c_str()))
            list = longer;
    }

    void begin(Slot& slot) const {
        const FetchRequest& request = slot.request;
        slot.set(CURLOPT_URL, request.url.c_str());
        slot.set(CURLOPT_HTTPGET, 1L);
        slot.set(CURLOPT_NOBODY, request.head ? 1L : 0L);
        // "" = all encodings that the library can undo.
        slot.set(CURLOPT_ACCEPT_ENCODING, request.head ? static_cast<const char*>(nullptr) : "");
        slot.set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
        slot.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
        // One connection for all exchanges with a host that speaks HTTP/2.
        slot.set(CURLOPT_PIPEWAIT, request.url.starts_with("https:") ? 1L : 0L);
        bool has_accept = false;
        for (const auto& [name, value] : request.headers) {
            append(slot.headers, name + ": " + value);
            has_accept = has_accept || ascii_iequals(name, "accept");
        }
        if (!has_accept)
            append(slot.headers, "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
        slot.set(CURLOPT_HTTPHEADER, static_cast<void*>(slot.headers));
        for (const std::string& entry : options.resolve)
            append(slot.resolve, entry);
        slot.set(CURLOPT_RESOLVE, static_cast<void*>(slot.resolve));
    }

    void release(Slot& slot) {
        slot.set(CURLOPT_HTTPHEADER, static_cast<void*>(nullptr));
        slot.set(CURLOPT_RESOLVE, static_cast<void*>(nullptr));
        api.slist_free_all(slot.headers);
        api.slist_free_all(slot.resolve);
        slot.headers = slot.resolve = nullptr;
        slot.request = {};
        slot.active = false;
        idle.push_back(&slot);
    }

    [[nodiscard]] FetchResponse finish(Slot& slot, CURLcode code) const {
        FetchResponse response = std::move(slot.response);
        response.id = slot.request.id;
        long version_used = 0;
        api.easy_getinfo(slot.easy, CURLINFO_HTTP_VERSION, &version_used);
        response.http_version = version_used == CURL_HTTP_VERSION_2_0   ? 20
                                : version_used == CURL_HTTP_VERSION_1_1 ? 11
                                : version_used == CURL_HTTP_VERSION_1_0 ? 10
                                                                        : 0;
        if (code != CURLE_OK)
            response.detail = slot.error[0] != '\0' ? slot.error.data() : api.easy_strerror(code);
        const bool by_us = response.body_end != BodyEnd::complete;
        if (slot.refused) {
            response.end = FetchEnd::refused;
            response.detail.clear();
        } else if (slot.too_many_headers) {
            response.end = FetchEnd::malformed;
            response.detail = "the headers are too large";
        } else if (code == CURLE_OK || (slot.headers_done && by_us)) {
            response.end = FetchEnd::answered;
            response.detail.clear();
        } else if (slot.headers_done) {
            response.end = FetchEnd::answered;
            response.body_end = BodyEnd::broken;
        } else {
            response.end = end_of(code);
            response.status = 0;
        }
        return response;
    }

    void collect(std::vector<FetchResponse>& out) {
        int left = 0;
        while (CURLMsg* const message = api.multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            CURL* const easy = message->easy_handle;
            const CURLcode code = message->data.result;
            char* self = nullptr;
            api.easy_getinfo(easy, CURLINFO_PRIVATE, &self);
            Slot& slot = *reinterpret_cast<Slot*>(self);
            out.push_back(finish(slot, code));
            api.multi_remove_handle(multi, easy);
            release(slot);
            --running;
        }
    }

    ~Impl() {
        for (const std::unique_ptr<Slot>& slot : slots) {
            if (slot->active)
                api.multi_remove_handle(multi, slot->easy);
            api.easy_cleanup(slot->easy);
            api.slist_free_all(slot->headers);
            api.slist_free_all(slot->resolve);
        }
        if (multi != nullptr)
            api.multi_cleanup(multi);
    }
};

CurlFetcher::CurlFetcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlFetcher::~CurlFetcher() = default;

Result<std::unique_ptr<CurlFetcher>> CurlFetcher::open(CurlOptions options) {
    Result<Api> api = open_library(options.library);
    if (!api)
        return tl::unexpected<Error>(api.error());
    // Once a process; counted by the library, and cheap when it was done before.
    if (api->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fail("libcurl could not be initialised");
    auto impl = std::make_unique<Impl>();
    impl->api = *api;
    impl->options = std::move(options);
    impl->version = api->version_info(CURLVERSION_NOW);
    if (impl->version->version_num < kOldestVersion)
        return fail("libcurl " + std::string(impl->version->version) +
                    " is too old; 'links' needs 7.66 or newer");
    if ((impl->version->features & CURL_VERSION_SSL) == 0)
        return fail("this libcurl cannot do TLS, which 'links' needs");
    impl->multi = impl->api.multi_init();
    if (impl->multi == nullptr)
        return fail("libcurl could not be initialised");
    impl->api.multi_setopt(impl->multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    // Enough to keep one or two open with each of some hundred hosts, and below the usual limit of
    // 1,024 files.
    impl->api.multi_setopt(impl->multi, CURLMOPT_MAXCONNECTS, kKeptConnections);
    return std::unique_ptr<CurlFetcher>(new CurlFetcher(std::move(impl)));
}

void CurlFetcher::start(FetchRequest request) {
    Slot* const slot = impl_->take_slot();
    if (slot == nullptr) {
        FetchResponse response;
        response.id = request.id;
        response.end = FetchEnd::malformed;
        response.detail = "no memory for another connection";
        impl_->ended.push_back(std::move(response));
        return;
    }
    slot->request = std::move(request);
    slot->response = {};
    slot->error[0] = '\0';
    slot->header_bytes = 0;
    slot->body_bytes = 0;
    slot->headers_done = slot->refused = slot->too_many_headers = false;
    slot->active = true;
    impl_->begin(*slot);
    impl_->api.multi_add_handle(impl_->multi, slot->easy);
    ++impl_->running;
}

std::vector<FetchResponse> CurlFetcher::wait(Milliseconds at_most) {
    std::vector<FetchResponse> out = std::move(impl_->ended);
    impl_->ended.clear();
    const Milliseconds until = now() + at_most;
    while (true) {
        int running = 0;
        impl_->api.multi_perform(impl_->multi, &running);
        impl_->collect(out);
        const Milliseconds left = until - now();
        if (!out.empty() || left <= Milliseconds(0))
            return out;
        if (impl_->running == 0) {
            std::this_thread::sleep_for(left);
            return out;
        }
        impl_->api.multi_poll(impl_->multi, nullptr, 0,
                              static_cast<int>(std::min<std::int64_t>(left.count(), 1000)),
                              nullptr);
    }
}

std::size_t CurlFetcher::running() const {
    return impl_->running + impl_->ended.size();
}

void CurlFetcher::stop_all() {
    impl_->ended.clear();
    for (const std::unique_ptr<Slot>& slot : impl_->slots) {
        if (!slot->active)
            continue;
        impl_->api.multi_remove_handle(impl_->multi, slot->easy);
        impl_->release(*slot);
    }
    impl_->running = 0;
}

Milliseconds CurlFetcher::now() const {
    return std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

std::string CurlFetcher::library_version() const {
    const curl_version_info_data& info = *impl_->version;
    std::string text = info.version;
    if (info.ssl_version != nullptr)
        text += " " + std::string(info.ssl_version);
    if (info.age >= CURLVERSION_SEVENTH && info.nghttp2_version != nullptr)
        text += " nghttp2/" + std::string(info.nghttp2_version);
    return text;
}

bool CurlFetcher::has_http2() const {
    return (impl_->version->features & CURL_VERSION_HTTP2) != 0;
}

void CurlFetcher::set_resolve(std::vector<std::string> resolve) {
    impl_->options.resolve = std::move(resolve);
}

}  // namespace docathon
