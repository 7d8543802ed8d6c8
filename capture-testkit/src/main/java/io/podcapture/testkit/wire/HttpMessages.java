package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and its answer as text. Source: RFC 9112, sections 3 and 4. */
final class HttpMessages {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(204, "No Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private final String method;
    private final String path;
    private final int sent;
    private @Nullable Integer status;
    private @Nullable Integer body;
    private @Nullable Integer cutAfter;
    private @Nullable Duration after;

    HttpMessages(String method, String path, int sent) {
        this.method = method;
        this.path = path;
        this.sent = sent;
    }

    void status(int code) {
        status = Once.set("status", status, code);
    }

    void body(int octets) {
        body = Once.set("body", body, octets);
    }

    void cutAfter(int octets) {
        cutAfter = Once.set("bodyCutAfter", cutAfter, octets);
    }

    void after(Duration time) {
        after = Once.set("after", after, time);
    }

    boolean isCut() {
        return cutAfter != null;
    }

    void addTo(Rounds rounds, String host) {
        rounds.request(request(host));
        rounds.answer(answer());
        if (after != null) {
            rounds.after(after);
        }
    }

    private ByteBuffer request(String host) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: wire\r\nAccept: */*\r\n";
        return message(head + (sent > 0 ? lengthOf(sent) : "") + "\r\n", sent);
    }

    private ByteBuffer answer() {
        int code = status != null ? status : 200;
        boolean bodiless = code == 204 || code == 304;
        int octets = body != null ? body : 0;
        int whole = cutAfter != null ? cutAfter : octets;
        if (bodiless && octets > 0 || whole > octets || isCut() && whole == octets) {
            throw new IllegalStateException(
                    "an answer " + code + " cannot have " + whole + " of " + octets + " octets");
        }
        String head = "HTTP/1.1 " + code + " " + REASONS.getOrDefault(code, "Status") + "\r\n";
        return message(head + (bodiless ? "" : lengthOf(octets)) + "\r\n", whole);
    }

    private static String lengthOf(int octets) {
        return "Content-Type: text/plain\r\nContent-Length: " + octets + "\r\n";
    }

    private static ByteBuffer message(String head, int body) {
        byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(octets.length + body)
                .put(octets)
                .put(Rounds.filler(body))
                .flip()
                .asReadOnlyBuffer();
    }
}
