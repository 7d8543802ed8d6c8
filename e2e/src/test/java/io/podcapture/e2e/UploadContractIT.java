package io.podcapture.e2e;

import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.spi.CaptureMethod;

@OnCluster
class UploadContractIT extends ClusterContract {
    @Override
    protected CaptureMethod method() {
        return KubernetesMethods.builder(cluster().client())
                .staticTcpdump("amd64", StaticTcpdumpFile.get())
                .build()
                .upload()
                .methods()
                .get(0);
    }
}
