package io.podcapture.pcap.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of ports and of IP protocols, from tables of our own, so that a filter means the same on each machine. */
final class ServiceNames {
    /**
     * A port by its name.
     *
     * @param protocol the one that has the name: the number of TCP or UDP, or 0 for both
     */
    record Service(int port, int protocol) {}

    private static final Map<String, String> PORTS = read("services.txt");
    private static final Map<String, String> PROTOCOLS = read("protocols.txt");

    private ServiceNames() {}

    /** Null if the name is not known. What is all digits is a number, modulo 65536 as for the C library. */
    static @Nullable Service port(String name) {
        if (isNumber(name)) {
            return new Service(Integer.parseInt(name) & 0xffff, 0);
        }
        String found = PORTS.get(name);
        if (found == null) {
            return null;
        }
        int space = found.indexOf(' ');
        int protocol =
                switch (found.substring(space + 1)) {
                    case "tcp" -> Protocol.TCP.number;
                    case "udp" -> Protocol.UDP.number;
                    default -> 0;
                };
        return new Service(Integer.parseInt(found.substring(0, space)), protocol);
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Null if the name is not known. */
    static @Nullable Integer ipProtocol(String name) {
        String found = PROTOCOLS.get(name);
        return found == null ? null : Integer.valueOf(found);
    }

    private static Map<String, String> read(String file) {
        Map<String, String> names = new HashMap<>();
        InputStream stream = ServiceNames.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IllegalStateException(file + " is missing from the library");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                if (!line.startsWith("#")) {
                    names.put(line.substring(0, space), line.substring(space + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
