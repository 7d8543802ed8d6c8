package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.Arrays;

/** Standard error of an exec, on which a flood comes between two lines, as one writer of a pipe comes after another. */
final class ExecWords {
    private static final int LINE = 100;
    private static final int LINES_OF_A_FRAME = 320;
    /** An octet that stands for itself: heartbeats come within a line too. */
    private static final byte ALONE = 6;

    private final WebSocketChannel channel;
    private boolean withinLine;
    private boolean over;

    ExecWords(WebSocketChannel channel) {
        this.channel = channel;
    }

    synchronized void send(byte[] octets, int length) throws IOException {
        channel.send(WebSocketChannel.STDERR, octets, 0, length);
        for (int i = 0; i < length; i++) {
            withinLine = octets[i] == ALONE ? withinLine : octets[i] != '\n';
        }
        notifyAll();
    }

    /** No more will be sent. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Sends so many octets and those that the last line then still needs, when the line that is there has ended. */
    synchronized void flood(long octets) throws IOException, InterruptedException {
        while (withinLine && !over) {
            wait();
        }
        byte[] line = new byte[LINE];
        Arrays.fill(line, (byte) '!');
        line[LINE - 1] = '\n';
        byte[] frame = new byte[LINE * LINES_OF_A_FRAME];
        for (int i = 0; i < LINES_OF_A_FRAME; i++) {
            System.arraycopy(line, 0, frame, i * LINE, LINE);
        }
        for (long lines = (octets + LINE - 1) / LINE; lines > 0; lines -= LINES_OF_A_FRAME) {
            channel.send(WebSocketChannel.STDERR, frame, 0, (int) Math.min(lines, LINES_OF_A_FRAME) * LINE);
        }
    }
}
