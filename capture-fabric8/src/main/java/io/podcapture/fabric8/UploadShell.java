package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import io.podcapture.spi.RemoteShell;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings tcpdump into a container before each command: the command before has removed it. Used by one thread. */
final class UploadShell implements RemoteShell, AutoCloseable {
    private static final Duration END = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final CapturePoint point;
    private final ExecConnector exec;
    private final UploadPlace place;
    private final String file;
    private final Program program;
    private final MethodContext context;
    private Optional<UploadedFile> upload = Optional.empty();
    // Cleanups may run on a thread of their own.
    private volatile boolean mayBeLeft;

    UploadShell(Cluster cluster, CapturePoint point, UploadPlace place, Program program, MethodContext context) {
        this.cluster = cluster;
        this.point = point;
        this.exec = new ExecConnector(cluster);
        this.place = place;
        this.file = place.file(UploadName.of(context.sessionId()));
        this.program = program;
        this.context = context;
    }

    /** Returns the path of the file that tcpdump is in when a command starts. */
    String file() {
        return file;
    }

    @Override
    public RemoteProcess start(List<String> argv) throws IOException, InterruptedException {
        // Its script removes the file, which has the same name each time.
        close();
        mayBeLeft = true;
        UploadedFile begun = UploadedFile.begin(exec, place, file, program, context);
        upload = Optional.of(begun);
        begun.transfer(program);
        return exec.start(place.pod(), place.container(), argv, context.remaining());
    }

    /** Ends what waits for the start of a command; to be called when that has started, or failed. */
    @Override
    public void close() {
        upload.ifPresent(begun -> {
            begun.close();
            mayBeLeft = !begun.removed();
        });
        upload = Optional.empty();
    }

    /** Removes the file if it is not known to be gone. */
    void remove() throws IOException, InterruptedException {
        if (!mayBeLeft || !podIsThere()) {
            return;
        }
        ExecStream rm = exec.start(place.pod(), place.container(), List.of("rm", "-f", file), END);
        CommandOutput output = CommandOutput.of(rm, context.executor(), END);
        if (output.status() != 0) {
            throw new IOException(output.stderr().strip());
        }
        mayBeLeft = false;
    }

    // With the pod everything in it is gone.
    private boolean podIsThere() throws InterruptedException {
        try {
            cluster.look(point);
            return true;
        } catch (CaptureException e) {
            if (e.reason() == FailureReason.TARGET_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
