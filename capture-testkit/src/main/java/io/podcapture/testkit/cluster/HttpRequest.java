package io.podcapture.testkit.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request of HTTP/1.1.
 *
 * @param method GET and so on
 * @param path without the query
 * @param query values by name, decoded
 * @param headers by name in lower case
 * @param body empty if there is none
 */
record HttpRequest(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
    private static final int LARGEST = 1 << 20;

    /** Reads one; empty when the other side has no more. */
    static Optional<HttpRequest> read(DataInputStream in) throws IOException {
        String[] first = line(in).split(" ");
        if (first.length < 2) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = body(in, headers);
        String[] target = first[1].split("\\?", 2);
        return Optional.of(new HttpRequest(
                first[0], decoded(target[0]), query(target.length > 1 ? target[1] : ""), headers, body));
    }

    private static byte[] body(DataInputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return in.readNBytes(length(headers.getOrDefault("content-length", "0"), 10));
        }
        byte[] body = new byte[0];
        for (int size = length(line(in), 16); size > 0; size = length(line(in), 16)) {
            byte[] chunk = in.readNBytes(size);
            byte[] both = Arrays.copyOf(body, body.length + chunk.length);
            System.arraycopy(chunk, 0, both, body.length, chunk.length);
            body = both;
            line(in);
        }
        line(in);
        return body;
    }

    private static int length(String digits, int radix) throws IOException {
        int length = Integer.parseInt(digits.strip(), radix);
        if (length < 0 || length > LARGEST) {
            throw new IOException("a request of " + length + " octets");
        }
        return length;
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                    .add(parts.length > 1 ? decoded(parts[1]) : "");
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.length() == LARGEST) {
                throw new IOException("a line of more than " + LARGEST + " octets");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    /** Returns a value of the query; empty text if it is not there. */
    String parameter(String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isUpgrade() {
        return headers.containsKey("sec-websocket-key");
    }

    boolean isDryRun() {
        return parameter("dryRun").equals("All");
    }
}
