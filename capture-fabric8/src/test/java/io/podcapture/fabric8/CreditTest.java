package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreditTest {
    private static final int FRAME = 1000;

    private final Credit credit = new Credit();
    private final StreamQueue stdout = new StreamQueue(credit, 10 * FRAME);
    private final StreamQueue stderr = new StreamQueue(credit, 10 * FRAME);
    private final CountingSocket socket = new CountingSocket();

    @BeforeEach
    void open() {
        credit.covers(stdout, stderr);
        credit.opened(socket);
    }

    @Test
    void opened_firstFrame_isAskedForByTheClientItself() {
        credit.drained();
        assertThat(socket.requests).isZero();
        assertThat(credit.outstanding()).isTrue();
    }

    @Test
    void arrived_withRoom_asksForJustOneMore() {
        arrive(stdout, FRAME);
        credit.drained();
        credit.drained();
        assertThat(socket.requests).isEqualTo(1);
    }

    @Test
    void arrived_manySmallFramesReadAtOnce_neverOwesMoreThanOne() throws IOException {
        for (int i = 1; i <= 1000; i++) {
            arrive(stdout, 20);
            stdout.readNBytes(20);
            assertThat(socket.requests).isEqualTo(i);
        }
    }

    @Test
    void arrived_queueFull_asksNoMoreUntilHalfIsRead() throws IOException {
        int frames = 0;
        while (credit.outstanding()) {
            arrive(stdout, FRAME);
            frames++;
        }
        assertThat(frames).isLessThanOrEqualTo(10);
        assertThat(socket.requests).isEqualTo(frames - 1);

        stdout.readNBytes(2 * FRAME);
        assertThat(credit.outstanding()).isFalse();
        stdout.readNBytes(4 * FRAME);
        assertThat(credit.outstanding()).isTrue();
        assertThat(socket.requests).isEqualTo(frames);
    }

    @Test
    void arrived_manyTinyFrames_countMoreThanTheirOctets() {
        int frames = 0;
        while (credit.outstanding()) {
            arrive(stdout, 1);
            frames++;
        }
        assertThat(frames).isLessThan(100);
    }

    @Test
    void arrived_otherQueueFull_waitsForIt() throws IOException {
        while (credit.outstanding()) {
            arrive(stderr, FRAME);
        }
        stdout.close();
        assertThat(credit.outstanding()).isFalse();
        stderr.readNBytes(8 * FRAME);
        assertThat(credit.outstanding()).isTrue();
    }

    @Test
    void close_ofFullQueue_asksAgain() {
        while (credit.outstanding()) {
            arrive(stdout, FRAME);
        }
        stdout.close();
        assertThat(credit.outstanding()).isTrue();
    }

    @Test
    void end_afterwards_asksNothing() throws IOException {
        while (credit.outstanding()) {
            arrive(stdout, FRAME);
        }
        int before = socket.requests;
        credit.end();
        stdout.readNBytes(9 * FRAME);
        assertThat(socket.requests).isEqualTo(before);
        assertThat(credit.outstanding()).isTrue();
    }

    private void arrive(StreamQueue queue, int octets) {
        queue.add(ByteBuffer.allocate(octets));
        credit.arrived();
    }

    private static final class CountingSocket extends QuietSocket {
        private int requests;

        @Override
        public void request() {
            requests++;
        }
    }
}
