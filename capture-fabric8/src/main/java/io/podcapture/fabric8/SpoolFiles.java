package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files that a capture writes in a pod, from there to the sink. Fetched by one thread; {@link #close} by any. */
final class SpoolFiles implements AutoCloseable {
    // Not every tar fills its last block of records up; who waited for that would wait for ever.
    private static final int TAR_RECORD = 512;

    private final OwnTraffic.Shell shell;
    private final MethodContext context;
    private final PacketStream sink;
    private final String directory;
    private final SpoolCommands commands;
    private boolean connected;

    SpoolFiles(OwnTraffic.Shell shell, MethodContext context, PacketSink sink) {
        this.shell = shell;
        this.context = context;
        this.sink = new PacketStream(sink);
        this.commands = new SpoolCommands(shell, context, this.sink::octets);
        this.directory = SidecarContainer.DIRECTORY + "/" + context.sessionId() + "-" + RandomHex.of(4);
    }

    String directory() {
        return directory;
    }

    /**
     * Fetches all files, as one stream with one header.
     *
     * @param held whether the connection to the tool held until its end
     * @throws PacketStream.Full if the sink takes no more
     * @throws UntoldEnd if something came, and nothing proves that it is all
     * @throws IOException if the connection broke, or what came is no archive
     */
    void fetch(boolean held) throws IOException, InterruptedException {
        connected = held;
        int status = fetchArchive();
        if (status == SidecarScripts.NO_TAR) {
            status = fetchFile(0);
            for (int i = 1; status == 0; i++) {
                status = fetchFile(i);
                // The one behind the last does not exist.
                if (status == SidecarScripts.NO_FILE) {
                    return;
                }
            }
        }
        if (status != 0) {
            throw new IOException(
                    status == SidecarScripts.NO_FILE
                            ? "there is no file of packets in " + directory
                            : "the command that sends the files ended with status " + status);
        }
    }

    /** Removes the files of sessions that are dead, which would count for the room that all captures share. */
    void forget(Set<String> sessionIds) throws InterruptedException {
        if (sessionIds.isEmpty()) {
            return;
        }
        List<String> command = SidecarScripts.forget(SidecarContainer.DIRECTORY, sessionIds);
        try {
            CommandOutput.of(shell.start(command, SpoolCommands.CONNECT), context.executor(), SpoolEnd.LAST_WORDS);
        } catch (IOException | CaptureException e) {
            context.diagnostic("the files of sessions that were killed could not be removed: " + e.getMessage());
        }
    }

    /** Removes the files. */
    void remove() throws IOException, InterruptedException {
        List<String> command = SidecarScripts.remove(directory);
        CommandOutput.of(shell.start(command, SpoolCommands.CONNECT), context.executor(), SpoolEnd.LAST_WORDS);
    }

    @Override
    public void close() {
        commands.close();
    }

    private int fetchArchive() throws IOException, InterruptedException {
        try (RemoteProcess process = commands.start(SidecarScripts.tar(directory), connected);
                EndSeen octets = new EndSeen(process.stdout());
                TarArchiveInputStream archive = new TarArchiveInputStream(octets, TAR_RECORD)) {
            boolean any = false;
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                any = true;
                sink.file(archive, entry.getSize());
            }
            // An archive has an end of its own: who came to it did not come to that of the stream.
            SpoolEnd end = new SpoolEnd(process, context);
            return any ? end.acknowledged(!octets.seen()) : end.withoutFile(sink.octets());
        }
    }

    private int fetchFile(int before) throws IOException, InterruptedException {
        try (RemoteProcess process = commands.start(SidecarScripts.file(directory, before), connected)) {
            InputStream stdout = process.stdout();
            SpoolEnd end = new SpoolEnd(process, context);
            StringBuilder size = new StringBuilder();
            for (int octet = stdout.read(); octet >= '0' && octet <= '9'; octet = stdout.read()) {
                size.append((char) octet);
            }
            if (size.isEmpty()) {
                return end.withoutFile(sink.octets());
            }
            sink.file(stdout, Long.parseLong(size.toString()));
            // Its size was told before.
            return end.acknowledged(true);
        }
    }
}
