package io.podcapture;

import io.podcapture.spi.SearchPath;
import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** The text of all captures of a session, for each of its taps. */
final class LiveTexts {
    private static final Duration TAIL = Duration.ofSeconds(10);

    // What was interrupted ends at once, but for a reader that heeds no interrupt: it is left to itself.
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final SessionSpec spec;
    private final List<TextTcpdump> tools = new ArrayList<>();
    private final List<PacketText> texts = new ArrayList<>();
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    LiveTexts(SessionSpec spec) {
        this.spec = spec;
    }

    /** Finds what makes the text, before anything starts. */
    void requireTools() {
        SearchPath searched = TextTcpdump.searched(SearchPath.ofThisJvm());
        spec.taps().forEach(tap -> tools.add(TextTcpdump.find(tap.tcpdump(), searched)));
    }

    /** Begins to show the packets of all captures that have started. */
    void begin(List<PointCapture> captures) {
        for (int i = 0; i < tools.size(); i++) {
            LiveTap tap = spec.taps().get(i);
            TextTcpdump tool = tools.get(i);
            ReentrantLock turn = new ReentrantLock(true);
            for (PointCapture capture : captures) {
                capture.part().ifPresent(part -> {
                    TextDelivery delivery = new TextDelivery(
                            capture.request().point(),
                            capture.request().interfaceName(),
                            prefix(capture, captures),
                            turn,
                            tap.reader());
                    texts.add(new PacketText(capture, part, tool, delivery, spec.executor()));
                });
            }
        }
        texts.forEach(text -> ends.add(text.begin()));
    }

    /** Ends the wait for what is still to be shown. */
    void giveUp() {
        givenUp.complete(null);
    }

    /** Waits, when all captures have ended, until their packets are shown, and ends what takes too long; returns warnings. */
    List<String> end() {
        await(TAIL, givenUp);
        // All before any is interrupted: the one whose turn ends by that would hand it to the next.
        texts.forEach(text -> text.silence("the session had ended, and their reader took more time than it is given"));
        texts.forEach(PacketText::giveUp);
        await(FAREWELL, new CompletableFuture<>());
        return texts.stream().flatMap(text -> text.shortfall().stream()).toList();
    }

    private void await(Duration longest, CompletableFuture<Void> noLonger) {
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
        if (all.isDone()) {
            return;
        }
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = spec.timers().after(longest, () -> time.complete(null));
        CompletableFuture.anyOf(all, time, noLonger).join();
        handle.cancel();
    }

    private static String prefix(PointCapture capture, List<PointCapture> all) {
        if (all.size() == 1) {
            return "";
        }
        int longest =
                all.stream().mapToInt(other -> name(other, all).length()).max().orElse(0);
        return String.format("%-" + (longest + 2) + "s", name(capture, all));
    }

    private static String name(PointCapture capture, List<PointCapture> all) {
        CapturePoint point = capture.request().point();
        boolean alone = all.stream()
                        .filter(other -> other.request().point().equals(point))
                        .count()
                == 1;
        return alone ? point.toString() : point + " (" + capture.request().interfaceName() + ")";
    }
}
