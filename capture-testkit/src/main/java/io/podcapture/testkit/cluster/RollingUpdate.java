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
        if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
            return new RollingUpdate(0, 0);
        }
        long surge = of(deployment, "maxSurge", replicas, true);
        long unavailable = of(deployment, "maxUnavailable", replicas, false);
        // With neither, nothing could ever be done.
        return new RollingUpdate(surge, surge + unavailable == 0 ? 1 : unavailable);
    }

    private static long of(Map<String, Object> deployment, String name, long replicas, boolean up) {
        return scaled(
                Fields.find(deployment, "spec", "strategy", "rollingUpdate", name)
                        .orElse(QUARTER),
                replicas,
                up);
    }

    /**
     * Returns a number, or a share of all.
     *
     * @param up whether the share is rounded up
     */
    static long scaled(Object value, long all, boolean up) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        long percent = Long.parseLong(value.toString().replace("%", ""));
        return (all * percent + (up ? 99 : 0)) / 100;
    }
}
