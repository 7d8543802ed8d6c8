package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceListBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNamesTest {
    private FakeApi api;
    private KubernetesClient client;
    private NameResolver names;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(api.url())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        names = KubernetesMethods.using(client).names("shop");
        api.serve(
                "GET /api/v1/namespaces/shop/pods/cart-0",
                new PodBuilder()
                        .withNewStatus()
                        .withPodIPs(new PodIP("10.1.0.7"), new PodIP("fd00::7"))
                        .endStatus()
                        .build());
        api.serve(
                "GET /api/v1/namespaces/shop/services/cart",
                new ServiceBuilder()
                        .withNewSpec()
                        .withClusterIPs("10.96.0.9")
                        .endSpec()
                        .build());
        api.serve(
                "GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices",
                new EndpointSliceListBuilder()
                        .withItems(
                                new EndpointSliceBuilder()
                                        .withAddressType("IPv4")
                                        .build(),
                                new EndpointSliceBuilder()
                                        .withAddressType("IPv4")
                                        .addNewEndpoint()
                                        .withAddresses("10.1.0.7")
                                        .endEndpoint()
                                        .addNewEndpoint()
                                        .withAddresses("10.1.0.8")
                                        .endEndpoint()
                                        .build())
                        .build());
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    private List<String> texts(String host) {
        return names.addresses(host).stream().map(InetAddress::getHostAddress).toList();
    }

    @Test
    void addresses_ofAPod_areItsOwn() {
        List<String> own = List.of("10.1.0.7", "fd00:0:0:0:0:0:0:7");
        assertThat(texts("cart-0")).isEqualTo(own);
        assertThat(texts("cart-0.shop")).isEqualTo(own);
        assertThat(texts("cart-0.shop.pod")).isEqualTo(own);
        assertThat(texts("cart-0.shop.svc")).isEmpty();
    }

    @Test
    void addresses_ofAService_areItsOwnAndThoseOfItsEndpoints() {
        List<String> all = List.of("10.96.0.9", "10.1.0.7", "10.1.0.8");
        assertThat(texts("cart")).isEqualTo(all);
        assertThat(texts("cart.shop.svc")).isEqualTo(all);
        assertThat(texts("cart.shop.svc.cluster.local")).isEqualTo(all);
        assertThat(texts("cart.bank")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "cart.",
                "cart-0.shop.",
                "a..svc",
                ".svc",
                "a..",
                "..",
                "-",
                "Cart",
                "a/b",
                "../../nodes",
                "cart_0"
            })
    void addresses_ofWhatIsNoName_areNoneAndNobodyIsAsked(String host) {
        assertThat(names.addresses(host)).isEmpty();
        assertThat(names.addresses("a".repeat(254))).isEmpty();
        assertThat(api.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    void addresses_ofAPodThatIsOver_areNoMoreItsOwn(String phase) {
        api.serve(
                "GET /api/v1/namespaces/shop/pods/job",
                new PodBuilder()
                        .withNewStatus()
                        .withPhase(phase)
                        .withPodIP("10.1.0.9")
                        .withPodIPs(new PodIP("10.1.0.9"))
                        .endStatus()
                        .build());
        assertThat(texts("job")).isEmpty();
        assertThat(texts("job.shop.pod")).isEmpty();
    }

    /** As servers of old or of another make write them. */
    @Test
    void addresses_inTheirSingularOnly_areTaken() {
        api.serve(
                "GET /api/v1/namespaces/shop/pods/old",
                Map.of("kind", "Pod", "status", Map.of("phase", "Running", "podIP", "10.1.0.9")));
        api.serve(
                "GET /api/v1/namespaces/shop/services/cart",
                Map.of("kind", "Service", "spec", Map.of("clusterIP", "10.96.0.9")));
        assertThat(texts("old")).containsExactly("10.1.0.9");
        assertThat(texts("cart")).containsExactly("10.96.0.9", "10.1.0.7", "10.1.0.8");
    }

    @Test
    void addresses_thatAreEmptyNullOrMissing_areNotThisMachine() {
        Map<String, Object> endpoint = new HashMap<>();
        endpoint.put("addresses", null);
        Map<String, Object> slice = new HashMap<>();
        slice.put("endpoints", List.of(endpoint, Map.of("addresses", List.of("", "10.1.0.7"))));
        api.serve("GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices", Map.of("items", List.of(slice)));
        api.serve("GET /api/v1/namespaces/shop/pods/pending", Map.of("kind", "Pod"));
        api.serve(
                "GET /api/v1/namespaces/shop/pods/starting",
                Map.of("kind", "Pod", "status", Map.of("podIP", "", "podIPs", List.of(Map.of()))));
        api.serve("GET /api/v1/namespaces/shop/services/bare", Map.of("kind", "Service"));
        api.serve(
                "GET /api/v1/namespaces/shop/services/headless",
                Map.of("kind", "Service", "spec", Map.of("clusterIP", "None", "clusterIPs", List.of("None"))));
        assertThat(texts("pending")).isEmpty();
        assertThat(texts("starting")).isEmpty();
        assertThat(texts("bare")).containsExactly("10.1.0.7");
        assertThat(texts("headless")).containsExactly("10.1.0.7");
    }

    @Test
    void addresses_thatAreNamesThemselves_areNotLookedUp() {
        api.serve(
                "GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices",
                Map.of(
                        "items",
                        List.of(Map.of(
                                "addressType",
                                "FQDN",
                                "endpoints",
                                List.of(Map.of("addresses", List.of("localhost")))))));
        assertThat(texts("cart")).containsExactly("10.96.0.9");
        api.serve(
                "GET /api/v1/namespaces/shop/pods/odd",
                new PodBuilder()
                        .withNewStatus()
                        .withPodIP("localhost")
                        .endStatus()
                        .build());
        assertThatThrownBy(() -> names.addresses("odd"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("shop/odd")
                .hasMessageContaining("localhost");
    }

    @Test
    void compile_filterWithNames_isOfTheirAddresses() throws Exception {
        PacketFilter named =
                PacketFilter.compile("tcp and dst host cart", LinkType.ETHERNET, 0, ByteOrder.LITTLE_ENDIAN, names);
        PacketFilter spelled =
                PacketFilter.compile("tcp and (dst host 10.96.0.9 or 10.1.0.7 or 10.1.0.8)", LinkType.ETHERNET, 0);
        assertThat(named.program()).isEqualTo(spelled.program());
        assertThatThrownBy(
                        () -> PacketFilter.compile("host nobody", LinkType.ETHERNET, 0, ByteOrder.LITTLE_ENDIAN, names))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("column 6")
                .hasMessageContaining("unknown host 'nobody'");
    }

    @Test
    void addresses_thatMayNotBeAsked_tellWhichRightIsMissing() {
        api.refuse(
                "GET /api/v1/namespaces/shop/pods/secret",
                403,
                "pods \"secret\" is forbidden: User \"ci\" cannot get resource \"pods\" in API group \"\" in the namespace \"shop\"");
        assertThatThrownBy(() -> names.addresses("secret"))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(FailureReason.FORBIDDEN))
                .hasMessageContaining("get")
                .hasMessageContaining("pods");
    }
}
