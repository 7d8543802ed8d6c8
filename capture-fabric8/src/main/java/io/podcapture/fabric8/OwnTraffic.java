package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the connections by which a capture on a node's own network is brought out: captured too, each packet would make
 * further ones without end.
 */
final class OwnTraffic {
    private static final int KUBELET_PORT = 10250;
    private static final Set<String> LOOPBACK = Set.of("any", "lo");

    private final Cluster cluster;
    private final boolean captured;

    OwnTraffic(Cluster cluster, boolean captured) {
        this.cluster = cluster;
        this.captured = captured;
    }

    /** Starts a command on the node. */
    interface Shell {
        RemoteProcess start(List<String> argv, Duration limit) throws IOException, InterruptedException;
    }

    /** Returns the filter that the connections pass; empty if they are not seen there, or are to be captured. */
    String of(CaptureRequest request, Shell shell, MethodContext context) throws IOException, InterruptedException {
        Map<String, String> point = request.point().attributes();
        if (captured || !"true".equals(point.get(PodView.HOST_NETWORK))) {
            return "";
        }
        String node = point.getOrDefault(PodView.NODE, "");
        Set<String> parts = new LinkedHashSet<>();
        parts.add(kubelet(node, point.getOrDefault("ip", "")));
        parts.addAll(apiServers(context));
        if (LOOPBACK.contains(request.interfaceName())) {
            Optional<Integer> port = context.shared(
                            "runtime/" + cluster.place() + "/" + node,
                            RuntimeStreamPort.class,
                            scope -> new RuntimeStreamPort())
                    .find(shell, context);
            port.ifPresent(number -> parts.add(connection(number, List.of("127.0.0.1", "::1"))));
            if (port.isEmpty()) {
                context.warning(
                        "on node " + node + " the loopback connection to the container runtime could not be told"
                                + " from others: the capture may hold its own stream; another interface than "
                                + request.interfaceName() + " does not");
            }
        }
        return String.join(" or ", parts);
    }

    private String kubelet(String node, String ownAddresses) {
        Optional<Node> found = ask(() -> cluster.client().nodes().withName(node).get());
        int port = found.map(that -> that.getStatus().getDaemonEndpoints())
                .map(endpoints -> endpoints.getKubeletEndpoint())
                .map(endpoint -> endpoint.getPort())
                .orElse(KUBELET_PORT);
        List<String> addresses = found.stream()
                .flatMap(that -> that.getStatus().getAddresses().stream())
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(NodeAddress::getAddress)
                .toList();
        // In the node's network its addresses are the pod's own.
        List<String> own = Stream.of(ownAddresses.split(","))
                .filter(word -> !word.isEmpty())
                .toList();
        return connection(port, addresses.isEmpty() ? own : addresses);
    }

    private Set<String> apiServers(MethodContext context) {
        Set<String> parts = new LinkedHashSet<>();
        ask(() -> cluster.client()
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("default")
                        .withLabel("kubernetes.io/service-name", "kubernetes")
                        .list())
                .ifPresent(slices -> slices.getItems()
                        .forEach(slice -> slice.getPorts()
                                .forEach(port -> parts.add(connection(port.getPort(), addresses(slice))))));
        URL master = cluster.client().getMasterUrl();
        int port = master.getPort() < 0 ? master.getDefaultPort() : master.getPort();
        String host = master.getHost().replace("[", "").replace("]", "");
        // Looked up here: over there a name may mean something else, and here is where the connection comes from.
        List<String> addresses = addresses(host);
        if (!addresses.isEmpty()) {
            parts.add(connection(port, addresses));
        } else if (parts.isEmpty()) {
            parts.add(connection(port, List.of()));
            context.warning("the addresses of the API server are not known, so everything on TCP port " + port
                    + " is left out of the capture");
        }
        return parts;
    }

    private static List<String> addresses(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static List<String> addresses(EndpointSlice slice) {
        return slice.getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .toList();
    }

    private static String connection(int port, List<String> addresses) {
        return addresses.isEmpty()
                ? "(tcp port " + port + ")"
                : addresses.stream()
                        .map(address -> "host " + address)
                        .collect(Collectors.joining(" or ", "(tcp port " + port + " and (", "))"));
    }

    // Not everybody may look at these; the usual port is then left out for all addresses.
    private static <T> Optional<T> ask(Supplier<T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
