package io.podcapture.fabric8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads {@code /proc/net/tcp}: addresses as hexadecimal words of the machine, here of one that is little-endian. */
final class LoopbackSockets {
    private static final String LISTENING = "0A";
    private static final String ESTABLISHED = "01";

    private LoopbackSockets() {}

    /** Returns how many connections each port has that is listened on at the loopback address. */
    static Map<Integer, Integer> connections(String text) {
        Set<Integer> listening = new HashSet<>();
        Map<Integer, Integer> connections = new HashMap<>();
        // The script looks twice, and one that is closed while the list is read moves the others.
        Set<String> told = new HashSet<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length < 4 || !isLoopback(fields[1])) {
                continue;
            }
            if (fields[3].equals(LISTENING)) {
                listening.add(port(fields[1]));
            } else if (fields[3].equals(ESTABLISHED) && told.add(fields[1] + " " + fields[2])) {
                connections.merge(port(fields[1]), 1, Integer::sum);
            }
        }
        connections.keySet().retainAll(listening);
        return connections;
    }

    private static boolean isLoopback(String address) {
        String host = address.substring(0, Math.max(0, address.indexOf(':')));
        return host.endsWith("0100007F") && host.length() == 8
                || host.equals("0000000000000000FFFF00000100007F")
                || host.equals("00000000000000000000000001000000");
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
