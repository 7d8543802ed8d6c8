package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;

/** A pod's name within its namespace. */
record PodName(String namespace, String name) {
    /**
     * Returns the name of the pod behind a point that {@link PodView} made.
     *
     * @throws CaptureException if the point is no pod
     */
    static PodName of(CapturePoint point) {
        return new PodName(attribute(point, PodView.NAMESPACE), attribute(point, PodView.POD));
    }

    private static String attribute(CapturePoint point, String key) {
        String value = point.attributes().get(key);
        if (value == null) {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED, "it is no pod; use the method pod for a node's own traffic");
        }
        return value;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
