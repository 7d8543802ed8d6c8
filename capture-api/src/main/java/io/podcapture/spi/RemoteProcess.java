package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/**
 * A process at the other end of a connection.
 *
 * <p>Both outputs must be read, by a thread each: most connections carry both, and what is unread of one stops the other.
 *
 * @since 0.1
 */
public interface RemoteProcess extends AutoCloseable {
    /** Returns its standard output. A read fails when the connection breaks; end of stream proves nothing. */
    InputStream stdout();

    /** Returns its standard error. */
    InputStream stderr();

    /**
     * Sends a line to its standard input; the line feed is added.
     *
     * @throws IOException if the connection is broken
     */
    void send(String line) throws IOException;

    /** Returns a stage with its exit status; completes exceptionally when the connection ends without one. */
    CompletionStage<Integer> exitStatus();

    /**
     * Tells whether the connection is asking for data, so that silence means something. It is not while this end has all it
     * can hold and waits for its reader.
     */
    default boolean receiving() {
        return true;
    }

    /** Ends its standard input and the connection. Never throws, may be called again. */
    @Override
    void close();

    /** Makes one of a process on this machine. */
    static RemoteProcess of(Process process) {
        return new LocalProcess(process);
    }
}
