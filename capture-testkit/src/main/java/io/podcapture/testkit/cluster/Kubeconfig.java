package io.podcapture.testkit.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The configuration of clients, in the format of kubectl. */
final class Kubeconfig {
    private static final String NAME = "simulated";

    private Kubeconfig() {}

    /**
     * Returns one of a single context. It is JSON, which is YAML.
     *
     * @param authority the certificate to trust, as PEM
     */
    static String of(String server, String authority, String user, String token) {
        String encoded = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> cluster = Map.of("server", server, "certificate-authority-data", encoded);
        Map<String, Object> config = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                List.of(Map.of("name", NAME, "cluster", cluster)),
                "users",
                List.of(Map.of("name", user, "user", Map.of("token", token))),
                "contexts",
                List.of(Map.of("name", NAME, "context", Map.of("cluster", NAME, "user", user))),
                "current-context",
                NAME);
        return new String(Json.write(config), StandardCharsets.UTF_8);
    }
}
