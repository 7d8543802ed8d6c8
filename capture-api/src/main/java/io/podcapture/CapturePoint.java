package io.podcapture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One network namespace or machine to take packets from.
 *
 * <p>Two points with the same id are equal: the id names the thing for its whole life, the name may be given again.
 * Immutable.
 *
 * @since 0.1
 */
public final class CapturePoint {
    private final String id;
    private final String name;
    private final String place;
    private final Map<String, String> attributes;

    private CapturePoint(Builder builder) {
        id = builder.id;
        name = builder.name;
        place = builder.place;
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
    }

    /**
     * Begins a point.
     *
     * @param id what stays the same as long as the thing lives and is never given again, a pod's UID for instance
     * @param name what people call it
     */
    public static Builder builder(String id, String name) {
        return new Builder(id, name);
    }

    /** Returns what stays the same as long as the point lives, a pod's UID for instance; never just its name. */
    public String id() {
        return id;
    }

    /** Returns what people call it, for instance {@code shop/cart-0}. */
    public String name() {
        return name;
    }

    /** Returns the cluster or machine park it belongs to; empty where there is only one. */
    public String place() {
        return place;
    }

    /**
     * Returns what else is known of it (node, ip, namespace, pod …), in the order given. The attributes go into the
     * capture file's interface block and into the manifest; {@code ip} may hold several addresses, separated by commas.
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns the same point with more known of it. */
    CapturePoint with(Map<String, String> more) {
        Builder builder = builder(id, name).place(place);
        attributes.forEach(builder::attribute);
        more.forEach(builder::attribute);
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapturePoint that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return place.isEmpty() ? name : place + ":" + name;
    }

    /** Puts a point together; not thread-safe. */
    public static final class Builder {
        private final String id;
        private final String name;
        private String place = "";
        private final Map<String, String> attributes = new LinkedHashMap<>();

        private Builder(String id, String name) {
            this.id = Objects.requireNonNull(id, "id");
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Sets the cluster or machine park. */
        public Builder place(String place) {
            this.place = Objects.requireNonNull(place, "place");
            return this;
        }

        /** Adds an attribute; an empty value is left out. */
        public Builder attribute(String key, String value) {
            if (!value.isEmpty()) {
                attributes.put(key, value);
            }
            return this;
        }

        /** Returns the point. */
        public CapturePoint build() {
            return new CapturePoint(this);
        }
    }
}
