package io.podcapture.pcap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lends open files to more sources than may be open at once. One that was not read for a while is closed when another
 * needs its descriptor, and opened again when it is read.
 *
 * <p>For one thread.
 */
final class Descriptors {
    /** So many are open before the system is asked how many may be. */
    private static final int FEW = 128;

    private @Nullable FileSource[] open = new FileSource[FEW];
    private int limit = FEW;
    private boolean limitIsKnown;
    private int count;
    private int hand;

    /** Opens the file for its source, and closes others if there are too many. */
    FileChannel open(Path file, FileSource source) throws IOException {
        if (count == limit && !limitIsKnown) {
            limitIsKnown = true;
            limit = Math.max(FEW, DescriptorLimit.half());
        }
        while (count >= limit) {
            evict();
        }
        FileChannel channel = openOrMakeRoom(file);
        if (count == open.length) {
            hand = count;
            open = Arrays.copyOf(open, 2 * count);
        }
        while (open[hand] != null) {
            step();
        }
        open[hand] = source;
        source.slot = hand;
        count++;
        return channel;
    }

    /** The source has closed its channel by itself. */
    void closed(FileSource source) {
        if (open[source.slot] == source) {
            open[source.slot] = null;
            count--;
        }
    }

    private FileChannel openOrMakeRoom(Path file) throws IOException {
        while (true) {
            try {
                return FileChannel.open(file, StandardOpenOption.READ);
            } catch (IOException e) {
                // That there are no descriptors left is told in words of the user's language alone.
                if (count == 0 || !Files.isReadable(file)) {
                    throw e;
                }
                limitIsKnown = true;
                limit = Math.max(1, count / 2);
                while (count > limit) {
                    evict();
                }
                if (limit == 1 && count == 1) {
                    evict();
                }
            }
        }
    }

    /** Closes one that was not read since this was here before. */
    private void evict() throws IOException {
        while (true) {
            FileSource source = open[hand];
            if (source != null && !source.wasReadLately()) {
                open[hand] = null;
                count--;
                source.closeChannel();
                return;
            }
            step();
        }
    }

    private void step() {
        hand = (hand + 1) % open.length;
    }
}
