package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StreamQueueTest {
    private final Credit credit = new Credit();
    private final StreamQueue queue = new StreamQueue(credit, 1000);

    @BeforeEach
    void cover() {
        credit.covers(queue);
    }

    @Test
    void read_severalFrames_fillsTheBuffer() throws IOException {
        add(1, 2);
        add(3);
        add(4, 5, 6);
        byte[] buffer = new byte[8];
        assertThat(queue.read(buffer, 1, 5)).isEqualTo(5);
        assertThat(buffer).containsExactly(0, 1, 2, 3, 4, 5, 0, 0);
        assertThat(queue.available()).isEqualTo(1);
        assertThat(queue.read()).isEqualTo(6);
    }

    @Test
    void read_ofNothing_doesNotWait() throws IOException {
        assertThat(queue.read(new byte[0])).isZero();
    }

    @Test
    void read_ended_givesWhatArrivedAndThenEnd() throws IOException {
        add(255);
        queue.end();
        queue.fail(new IOException("too late"));
        assertThat(queue.read()).isEqualTo(255);
        assertThat(queue.read()).isEqualTo(-1);
        assertThat(queue.read()).isEqualTo(-1);
    }

    @Test
    void read_broken_givesWhatArrivedAndThenFailure() throws IOException {
        add(1);
        queue.fail(new IOException("it broke"));
        assertThat(queue.read()).isEqualTo(1);
        assertThatThrownBy(queue::read).isInstanceOf(IOException.class).hasMessage("it broke");
        assertThatThrownBy(queue::read).isInstanceOf(IOException.class).hasMessage("it broke");
    }

    @Test
    void read_interrupted_failsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(queue::read).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void add_afterClose_isDropped() throws IOException {
        add(1);
        queue.close();
        add(2);
        assertThat(queue.available()).isZero();
        assertThat(queue.read()).isEqualTo(-1);
    }

    private void add(int... octets) {
        ByteBuffer frame = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            frame.put((byte) octet);
        }
        queue.add(frame.flip());
    }
}
