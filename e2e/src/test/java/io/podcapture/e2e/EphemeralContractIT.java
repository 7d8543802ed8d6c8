package io.podcapture.e2e;

import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;

@OnCluster
class EphemeralContractIT extends ClusterContract {
    @Override
    protected CaptureMethod method() {
        return KubernetesMethods.builder(cluster().client())
                .image("localhost/tools:1")
                .build()
                .ephemeral()
                .methods()
                .get(0);
    }
}
