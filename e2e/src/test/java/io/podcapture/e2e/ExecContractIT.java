package io.podcapture.e2e;

import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;

@OnCluster
class ExecContractIT extends ClusterContract {
    @Override
    protected CaptureMethod method() {
        return KubernetesMethods.builder(cluster().client())
                .build()
                .exec()
                .methods()
                .get(0);
    }
}
