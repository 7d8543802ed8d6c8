package io.podcapture.testkit.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tcpdump was told on its command line, of the options that the stand-in knows. */
final class TcpdumpArguments {
    private static final Set<String> WITH_VALUE = Set.of("-i", "-s", "-B", "-c", "-w", "-Z", "-C", "-W");
    private static final Set<String> ALONE = Set.of("-n", "-U", "-d", "--version", "--immediate-mode");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final String filter;

    /** A use that the stand-in refuses, with its words. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    TcpdumpArguments(List<String> words) throws Refused {
        int at = 0;
        boolean options = true;
        while (options && at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at++);
            if (word.equals("--")) {
                options = false;
            } else if (WITH_VALUE.contains(word) && at < words.size()) {
                values.put(word, words.get(at++));
            } else if (ALONE.contains(word)) {
                flags.add(word);
            } else {
                throw new Refused("tcpdump: the simulated tcpdump has no option " + word);
            }
        }
        filter = String.join(" ", words.subList(at, words.size()));
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    String interfaceName() {
        return values.getOrDefault("-i", "eth0");
    }

    String filter() {
        return filter;
    }

    String output() {
        return values.getOrDefault("-w", "");
    }

    /** Returns the most octets of a packet; zero means all, as ever. */
    int snaplen() throws Refused {
        long octets = number("-s", 262_144, "snaplen");
        return octets == 0 ? 262_144 : (int) octets;
    }

    /** Returns the size of the kernel buffer in octets. */
    long kernelBuffer() throws Refused {
        return number("-B", 2048, "packet buffer size") * 1024;
    }

    long packets() throws Refused {
        return number("-c", Long.MAX_VALUE, "packet count");
    }

    private long number(String option, long otherwise, String what) throws Refused {
        String text = values.getOrDefault(option, Long.toString(otherwise));
        if (!text.matches("\\d{1,19}")) {
            throw new Refused("tcpdump: invalid " + what + " " + text);
        }
        return Long.parseLong(text);
    }
}
