package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the container of a pod, and the directory in it, where a program can be written and run. */
final class UploadSearch {
    private static final List<String> USUAL = List.of("/tmp", "/dev/shm", "/var/tmp", ".");

    private final Cluster cluster;
    private final MethodContext context;

    UploadSearch(Cluster cluster, MethodContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * Returns the place: in the container that the target names, or in the first running one that has any.
     *
     * @throws CaptureException if there is none
     */
    UploadPlace of(CaptureRequest request) throws IOException, InterruptedException {
        PodView pod = cluster.look(request.point());
        Optional<String> named = request.target().container();
        named.ifPresent(pod::requireRunning);
        List<String> containers = named.map(List::of).orElseGet(() -> pod.ableToUpload(pod.runningContainers()));
        return context.shared(
                "upload-place/" + pod.uid() + "/" + named.orElse(""),
                UploadPlace.class,
                scope -> first(pod, containers));
    }

    private UploadPlace first(PodView pod, List<String> containers) throws IOException, InterruptedException {
        List<CaptureException> refusals = new ArrayList<>();
        for (String container : containers) {
            try {
                return probe(pod, container);
            } catch (CaptureException e) {
                if (e.reason() != FailureReason.TOOL_MISSING && e.reason() != FailureReason.PROCESS_FAILED) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        if (refusals.size() == 1) {
            throw refusals.get(0);
        }
        throw new CaptureException(
                FailureReason.TOOL_MISSING,
                "no running container of pod " + pod.name() + " can take a program: "
                        + (refusals.isEmpty()
                                ? "none runs"
                                : String.join(
                                        "; ",
                                        refusals.stream()
                                                .map(CaptureException::getMessage)
                                                .toList())));
    }

    private UploadPlace probe(PodView pod, String container) throws IOException, InterruptedException {
        List<String> directories = new ArrayList<>(USUAL);
        directories.addAll(pod.emptyDirs(container));
        List<String> argv = ContainerProbe.command(UploadName.of(context.sessionId()), directories);
        ExecStream stream = new ExecConnector(cluster).start(pod.name(), container, argv, context.remaining());
        CommandOutput output = CommandOutput.of(stream, context.executor(), context.remaining());
        return UploadPlace.of(pod.name(), container, ContainerProbe.read(output.stdout()));
    }
}
