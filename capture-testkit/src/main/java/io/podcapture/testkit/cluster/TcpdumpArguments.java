package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tcpdump was told on its command line, of the options that the stand-in knows. */
final class TcpdumpArguments {
    private static final int LONGEST = 262_144;
    private static final Set<String> WITH_VALUE = Set.of("-i", "-s", "-B", "-c", "-w", "-Z", "-C", "-W");
    private static final Set<String> ALONE = Set.of("-n", "-U", "-d", "--version", "--immediate-mode");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final String filter;
    private final TcpdumpFiles files;
    private final int snaplen;
    private final long kernelBuffer;
    private final long packets;

    /** A use that the stand-in refuses, with its words, which its name comes before. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Refused(String words) {
            super(words);
            this.words = words;
        }

        String words() {
            return words;
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
                throw new Refused("the simulated tcpdump has no option " + word);
            }
        }
        filter = String.join(" ", words.subList(at, words.size()));
        files = TcpdumpFiles.of(values);
        long octets = number("-s", LONGEST, "snaplen");
        snaplen = octets == 0 ? LONGEST : (int) octets;
        kernelBuffer = number("-B", 2048, "packet buffer size") * 1024;
        packets = number("-c", Long.MAX_VALUE, "packet count");
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

    TcpdumpFiles files() {
        return files;
    }

    /** Refuses what would print packets, and a user to become that is not there, whom root alone looks for. */
    void requireOutput() throws Refused, IOException {
        if (!values.containsKey("-w")) {
            throw new Refused("the simulated tcpdump prints no packets: it needs -w");
        }
        String user = values.get("-Z");
        if (user != null && "root".equals(System.getProperty("user.name"))) {
            try {
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
            } catch (UserPrincipalNotFoundException e) {
                throw new Refused("Couldn't find user '" + user + "'");
            }
        }
    }

    /** Returns the most octets of a packet; zero means all, as ever. */
    int snaplen() {
        return snaplen;
    }

    /** Returns the size of the kernel buffer in octets. */
    long kernelBuffer() {
        return kernelBuffer;
    }

    /** Returns how many packets are enough. */
    long packets() {
        return packets;
    }

    private long number(String option, long otherwise, String what) throws Refused {
        String text = values.getOrDefault(option, Long.toString(otherwise));
        if (!text.matches("\\d{1,19}")) {
            throw new Refused("invalid " + what + " " + text);
        }
        return Long.parseLong(text);
    }
}
