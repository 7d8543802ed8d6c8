package io.podcapture.e2e;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.PacketSource;

/** Of a workload with a single pod, which is another one in each capture. */
@OnCluster
class SidecarContractIT extends WorkloadContract {
    @Override
    protected CaptureMethod method() {
        return Way.SIDECAR_DEPLOYMENT.choice(cluster().client()).methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.deployment(cluster().namespace(), "single");
    }

    @Override
    protected Target missingTarget() {
        return Targets.deployment(cluster().namespace(), "nosuch-deployment");
    }

    @Override
    protected PacketSource packets() {
        return numbered(() -> cluster().shell(podOfSingle(), "tools"));
    }

    private static String podOfSingle() {
        return cluster()
                .client()
                .pods()
                .inNamespace(cluster().namespace())
                .withLabel("app", "single")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getSpec().getContainers().size() > 1)
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
    }
}
