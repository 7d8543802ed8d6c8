package io.podcapture.fabric8;

import io.podcapture.CapturePoint;

/** A pod's name within its namespace. */
record PodName(String namespace, String name) {
    /** Returns the name of the pod behind a point that {@link PodView} made. */
    static PodName of(CapturePoint point) {
        return new PodName(attribute(point, PodView.NAMESPACE), attribute(point, PodView.POD));
    }

    private static String attribute(CapturePoint point, String key) {
        String value = point.attributes().get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "capture point " + point + " is no pod: it has no attribute \"" + key + "\"");
        }
        return value;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
