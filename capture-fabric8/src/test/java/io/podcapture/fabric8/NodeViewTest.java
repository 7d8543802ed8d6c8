package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.podcapture.CapturePoint;
import org.junit.jupiter.api.Test;

class NodeViewTest {
    @Test
    void point_ofNode_hasUidAsIdAndInternalAddresses() {
        CapturePoint point = new NodeView(node().withNewStatus()
                        .addNewAddress("10.0.0.1", "InternalIP")
                        .addNewAddress("fd00::1", "InternalIP")
                        .addNewAddress("worker-1", "Hostname")
                        .addNewAddress("203.0.113.1", "ExternalIP")
                        .endStatus()
                        .build())
                .point("east");
        assertThat(point.id()).isEqualTo("uid-1");
        assertThat(point.name()).isEqualTo("node/worker-1");
        assertThat(point.place()).isEqualTo("east");
        assertThat(point.attributes())
                .containsExactly(
                        entry("node", "worker-1"),
                        entry("ip", "10.0.0.1,fd00::1"),
                        entry("uid", "uid-1"),
                        entry("hostNetwork", "true"));
    }

    @Test
    void point_ofNodeWithoutAddresses_hasNone() {
        assertThat(new NodeView(node().build()).point("").attributes()).doesNotContainKey("ip");
    }

    private static NodeBuilder node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("worker-1")
                .withUid("uid-1")
                .endMetadata();
    }
}
