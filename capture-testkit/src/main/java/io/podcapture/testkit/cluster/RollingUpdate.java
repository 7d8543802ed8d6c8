package io.podcapture.testkit.cluster;

import java.util.Map;

/**
 * How far a deployment may be from its replicas while it is rolled out.
 *
 * @param surge how many pods more there may be
 * @param unavailable how many fewer may be available
 */
record RollingUpdate(long surge, long unavailable) {
    private static final String QUARTER = "25%";

    static RollingUpdate of(Map<String, Object> deployment, long replicas) {
        long surge = of(deployment, "maxSurge", replicas, true);
        long unavailable = of(deployment, "maxUnavailable", replicas, false);
        // With neither, nothing could ever be done.
        return new RollingUpdate(surge, surge + unavailable == 0 ? 1 : unavailable);
    }

    private static long of(Map<String, Object> deployment, String name, long replicas, boolean up) {
        Object value = Fields.find(deployment, "spec", "strategy", "rollingUpdate", name)
                .orElse(QUARTER);
        if (value instanceof Number number) {
            return number.longValue();
        }
        long percent = Long.parseLong(value.toString().replace("%", ""));
        return (replicas * percent + (up ? 99 : 0)) / 100;
    }
}
