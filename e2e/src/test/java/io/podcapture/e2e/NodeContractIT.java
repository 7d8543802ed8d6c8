package io.podcapture.e2e;

import io.podcapture.spi.CaptureMethod;

@OnCluster
class NodeContractIT extends ClusterContract {
    @Override
    protected CaptureMethod method() {
        return Way.NODE.choice(cluster().client()).methods().get(0);
    }
}
