package io.podcapture;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands the text of one capture to a tap's reader, whole packets at a time.
 *
 * <p>One thread delivers. The turn is shared by the captures of a tap and held while the reader is called, so that it hears
 * one of them at a time.
 */
final class TextDelivery {
    private final CapturePoint point;
    private final String interfaceName;
    private final String prefix;
    private final ReentrantLock turn;
    private final Consumer<? super TextLine> reader;
    private final AtomicLong shown = new AtomicLong();
    private volatile boolean over;

    TextDelivery(
            CapturePoint point,
            String interfaceName,
            String prefix,
            ReentrantLock turn,
            Consumer<? super TextLine> reader) {
        this.point = point;
        this.interfaceName = interfaceName;
        this.prefix = prefix;
        this.turn = turn;
        this.reader = reader;
    }

    /** Returns of how many packets the reader has taken the whole text. */
    long shown() {
        return shown.get();
    }

    /** Calls the reader no more; what it is doing now is its own. */
    void end() {
        over = true;
    }

    /** Delivers until tcpdump's output ends. What follows the last mark is of packets that it did not finish, and left out. */
    void deliver(BufferedReader output, TextFeed feed) throws IOException, InterruptedException {
        Optional<String> mark = Optional.ofNullable(output.readLine());
        feed.nextBatch();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Optional<TextFeed.Batch> batch = mark.filter(line::equals).flatMap(found -> feed.nextBatch());
            if (batch.isPresent()) {
                deliver(batch.get(), lines);
                lines.clear();
            } else {
                lines.add(line);
            }
        }
    }

    /** Tells the reader something that is not of a packet. */
    void tell(String note) throws InterruptedException {
        read(List.of("[" + note + "]"));
    }

    private void deliver(TextFeed.Batch batch, List<String> lines) throws InterruptedException {
        if (batch.leftOut() > 0) {
            tell(batch.leftOut() + (batch.leftOut() == 1 ? " packet" : " packets") + " not shown");
        }
        if (read(lines)) {
            shown.addAndGet(batch.packets());
        }
    }

    private boolean read(List<String> lines) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            for (String text : lines) {
                if (over) {
                    return false;
                }
                reader.accept(new TextLine(point, interfaceName, prefix, text));
            }
            return !over;
        } finally {
            turn.unlock();
        }
    }
}
