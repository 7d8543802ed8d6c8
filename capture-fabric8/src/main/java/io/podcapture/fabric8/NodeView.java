package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.podcapture.CapturePoint;
import java.util.Optional;
import java.util.stream.Collectors;

/** One node as the API server told of it at one moment. */
final class NodeView {
    private final Node node;

    NodeView(Node node) {
        this.node = node;
    }

    CapturePoint point(String place) {
        String name = node.getMetadata().getName();
        String uid = node.getMetadata().getUid();
        return CapturePoint.builder(uid, "node/" + name)
                .place(place)
                .attribute(PodView.NODE, name)
                .attribute(PodView.ADDRESSES, addresses())
                .attribute(PodView.UID, uid)
                .attribute(PodView.HOST_NETWORK, "true")
                .build();
    }

    private String addresses() {
        return Optional.ofNullable(node.getStatus()).map(NodeStatus::getAddresses).stream()
                .flatMap(addresses -> addresses.stream())
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(NodeAddress::getAddress)
                .collect(Collectors.joining(","));
    }
}
