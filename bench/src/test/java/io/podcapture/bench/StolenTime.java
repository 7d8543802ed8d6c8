package io.podcapture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Time in which a virtual machine had work to do, and its host did other: {@code steal} of proc(5). */
final class StolenTime {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL = 8;

    private StolenTime() {}

    /** Since the machine's start, of all processors, in hundredths of a second; always 0 where that is not told. */
    static long ticks() throws IOException {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        String[] all = Files.readString(STAT).lines().findFirst().orElse("").split(" +");
        return all.length > STEAL ? Long.parseLong(all[STEAL]) : 0;
    }
}
