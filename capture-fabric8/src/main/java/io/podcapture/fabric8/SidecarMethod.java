package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.Target;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteShell;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.util.Optional;

/** Gives the pods of a workload a container by a new roll-out, and lets tcpdump write into a volume of it. */
final class SidecarMethod implements CaptureMethod {
    private final Cluster cluster;
    private final SidecarContainer container;
    private final OwnTraffic ownTraffic;

    SidecarMethod(Cluster cluster, SidecarContainer container, OwnTraffic ownTraffic) {
        this.cluster = cluster;
        this.container = container;
        this.ownTraffic = ownTraffic;
    }

    @Override
    public String name() {
        return "sidecar";
    }

    @Override
    public TargetResolver resolver() {
        return new PodResolver(cluster);
    }

    @Override
    public void prepare(Target target, MethodContext context) throws IOException, InterruptedException {
        Workload workload = workload(target);
        context.shared(
                key(workload),
                SidecarInjection.class,
                scope -> SidecarInjection.into(workload, cluster, container, context, scope));
    }

    @Override
    public boolean needsPreparation() {
        return true;
    }

    private Workload workload(Target target) {
        WorkloadKind kind = WorkloadKind.of(target.kind())
                .orElseThrow(() -> new CaptureException(
                        FailureReason.UNSUPPORTED,
                        "a sidecar cannot be put into " + target + ": only the pods of a deployment, statefulset or"
                                + " daemonset can be given a container; use ephemeral, node or upload"));
        return new Workload(
                cluster, kind, cluster.namespaceOf(target), target.name().orElse(""));
    }

    private String key(Workload workload) {
        return "sidecar/" + cluster.place() + "/" + workload;
    }

    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context)
            throws IOException, InterruptedException {
        Preflight asks = new Preflight(cluster, request, context);
        Optional<WorkloadKind> kind = WorkloadKind.of(request.target().kind());
        if (kind.isEmpty()) {
            asks.told()
                    .refused(
                            FailureReason.UNSUPPORTED,
                            "only a deployment, statefulset or daemonset can be given a container");
            return asks.told().build();
        }
        String namespace = cluster.namespaceOf(request.target());
        Workload workload = workload(request.target());
        asks.finds()
                .needsOn(
                        request.target().name().orElse(""),
                        namespace,
                        kind.get().resource(),
                        "get")
                .needs(namespace, kind.get().resource(), "list", "watch")
                .needsOn(
                        request.target().name().orElse(""),
                        namespace,
                        kind.get().resource(),
                        "patch")
                .needs(namespace, "pods", "get", "list")
                .needs(namespace, "pods/exec", "get", "create");
        // Without these a revision stays in the workload's history, which a warning says.
        kind.get().history().ifPresent(history -> asks.wants(namespace, history, "list", "delete"));
        if (asks.isAllowed()) {
            WorkloadView seen = workload.look();
            seen.refusal().ifPresent(why -> asks.told().refused(FailureReason.UNSUPPORTED, why));
            if (!asks.told().isRefused()) {
                isAdmitted(workload, seen, asks);
            }
            asks.told()
                    .creates("a container in the template of " + workload + ": its pods are restarted, twice")
                    .passed("its pods would be restarted, twice");
        }
        return asks.told().build();
    }

    // Not needed, so not among the rights that a plan wants: it is only for the question.
    private void isAdmitted(Workload workload, WorkloadView seen, Preflight asks)
            throws IOException, InterruptedException {
        String namespace = workload.namespace();
        if (!asks.has(namespace, "pods", "create")) {
            asks.told()
                    .unknown(
                            "whether the cluster admits its new pods only a try tells: who asks needs the right to create pods in "
                                    + namespace);
            return;
        }
        SidecarDryRun dryRun = new SidecarDryRun(cluster, workload, container);
        Optional<SecurityProfile> profile = asks.tries(
                key(workload), SecurityProfile.class, namespace, "baseline", () -> dryRun.firstAllowed(seen));
        if (profile.isPresent()) {
            asks.admitted(
                    profile.get(), "a container is admitted " + profile.get().inWords(), "");
        }
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        cluster.warnOfWeakClient(context);
        PodView pod = cluster.look(request.point());
        PodName name = pod.name();
        if (!pod.runs(SidecarContainer.NAME)) {
            throw notPrepared(name);
        }
        SidecarInjection injection = context.shared(key(workload(request.target())), SidecarInjection.class, scope -> {
            throw notPrepared(name);
        });
        context.attribute("container", SidecarContainer.NAME);
        ExecConnector exec = new ExecConnector(cluster);
        OwnTraffic.Shell shell = (argv, limit) -> exec.start(name, SidecarContainer.NAME, argv, limit);
        RemoteShell timely = argv -> shell.start(argv, context.remaining());
        SpoolFiles files = new SpoolFiles(shell, context, sink);
        files.forget(injection.deadSessions());
        context.onCleanup("packet files in pod " + name, () -> remove(files, request.point()));
        RemoteTcpdump tcpdump =
                RemoteTcpdump.of(request).user("root").excluding(ownTraffic.of(request, shell, context));
        return SpooledCapture.start(request, tcpdump, SpoolRoom.of(pod, request), files, timely, context);
    }

    private static CaptureException notPrepared(PodName pod) {
        return new CaptureException(
                FailureReason.UNSUPPORTED,
                "pod " + pod + " has no running container " + SidecarContainer.NAME
                        + " of this session; sidecar must be the first method of a choice, since it changes which pods"
                        + " there are");
    }

    // With a pod that ends its files go too, and hardly a command can be started in it.
    private void remove(SpoolFiles files, CapturePoint point) throws IOException, InterruptedException {
        try {
            files.remove();
        } catch (IOException | CaptureException e) {
            if (!ends(point)) {
                throw e;
            }
        }
    }

    private boolean ends(CapturePoint point) throws InterruptedException {
        try {
            return cluster.look(point).fate().isPresent();
        } catch (CaptureException e) {
            return e.reason() == FailureReason.TARGET_NOT_FOUND;
        }
    }
}
