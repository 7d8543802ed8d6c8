package io.podcapture.pcap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many files this process may open, where the system tells: on Linux.
 *
 * <p>Source: proc(5), "/proc/pid/limits", "/proc/pid/fd".
 */
final class DescriptorLimit {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final Pattern SOFT = Pattern.compile("Max open files +(\\d+)");

    private DescriptorLimit() {}

    /** Half of what is free, for others of the process open files too; 0 if the system does not tell. */
    static int half() {
        try (Stream<Path> open = Files.list(PROCESS.resolve("fd"))) {
            Matcher limit = SOFT.matcher(Files.readString(PROCESS.resolve("limits")));
            return limit.find() ? half(Long.parseLong(limit.group(1)), open.count()) : 0;
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return 0;
        }
    }

    private static int half(long limit, long open) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, (limit - open) / 2));
    }
}
