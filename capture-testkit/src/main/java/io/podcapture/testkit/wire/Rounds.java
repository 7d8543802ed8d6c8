package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects requests and answers. */
final class Rounds {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<Round> rounds = new ArrayList<>();

    void request(ByteBuffer octets) {
        rounds.add(new Round(octets, NOTHING, 0));
    }

    /** Answers the last request; without one, or when it has its answer, the server speaks unasked. */
    void answer(ByteBuffer octets) {
        if (rounds.isEmpty() || last().answer().hasRemaining()) {
            request(NOTHING);
        }
        replaceLast(new Round(last().request(), octets, last().after()));
    }

    void after(Duration time) {
        if (rounds.isEmpty()) {
            throw new IllegalStateException("there is no request or answer yet that could take " + time);
        }
        replaceLast(new Round(
                last().request(),
                last().answer(),
                Once.notNegative("after", time).toNanos()));
    }

    private Round last() {
        return rounds.get(rounds.size() - 1);
    }

    private void replaceLast(Round round) {
        rounds.set(rounds.size() - 1, round);
    }

    List<Round> list() {
        return List.copyOf(rounds);
    }

    /** {@return so many lower-case letters} */
    static ByteBuffer filler(int octets) {
        byte[] filler = new byte[Once.atLeast(0, "octets", octets)];
        for (int i = 0; i < octets; i++) {
            filler[i] = (byte) ('a' + i % 26);
        }
        return ByteBuffer.wrap(filler).asReadOnlyBuffer();
    }

    /** {@return a copy} */
    static ByteBuffer of(byte[] octets) {
        return ByteBuffer.wrap(octets.clone()).asReadOnlyBuffer();
    }
}
