package io.podcapture.bench;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Nanoseconds the first filter takes to compile in a process of its own, and the median of the last ten, as
 * libpcap_filter.c prints them.
 */
final class FilterCompilations {
    private static final int LAST = 10;

    private FilterCompilations() {}

    /** With a file of at least ten expressions, one a line. */
    public static void main(String[] args) throws IOException {
        List<String> expressions = Files.readAllLines(Path.of(args[0]));
        long[] nanos = new long[expressions.size()];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            PacketFilter.compile(expressions.get(i), LinkType.ETHERNET, 0);
            nanos[i] = System.nanoTime() - began;
        }
        long first = nanos[0];
        Arrays.sort(nanos, nanos.length - LAST, nanos.length);
        System.out.println(first + " " + nanos[nanos.length - LAST / 2]);
    }
}
