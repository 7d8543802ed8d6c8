package io.podcapture.pcap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where packets of a capture file were seen: link type, snaplen, the unit of their timestamps, and names for people.
 *
 * <p>Immutable; may be used by any thread. Source: draft-ietf-opsawg-pcapng, "Interface Description Block".
 *
 * @since 0.1
 */
public final class InterfaceDescription {
    private final LinkType linkType;
    private final long snaplen;
    private final TimestampUnit unit;
    private final @Nullable String name;
    private final @Nullable String description;
    private final @Nullable String filter;
    private final @Nullable String os;
    private final @Nullable String hardware;
    private final List<RawOption> otherOptions;
    private final byte @Nullable [] verbatimOptions;

    InterfaceDescription(InterfaceDescriptionBuilder from) {
        linkType = from.linkType;
        snaplen = from.snaplen();
        unit = new TimestampUnit(from.timestampResolution(), from.timestampOffsetSeconds());
        name = from.name();
        description = from.description();
        filter = from.filter();
        os = from.os();
        hardware = from.hardware();
        otherOptions = from.otherOptions();
        verbatimOptions = from.verbatimOptions();
    }

    /**
     * {@return a builder of a description without snaplen limit, of microseconds, and without texts}
     *
     * @param linkType what packets begin with
     */
    public static InterfaceDescriptionBuilder builder(LinkType linkType) {
        return new InterfaceDescriptionBuilder(linkType);
    }

    /** {@return a builder that keeps all of this but what is then set} */
    public InterfaceDescriptionBuilder toBuilder() {
        return new InterfaceDescriptionBuilder(this);
    }

    /** {@return what packets begin with} */
    public LinkType linkType() {
        return linkType;
    }

    /** {@return the most octets kept per packet, 0 to 4294967295; 0 is no limit. Files exist that break it} */
    public long snaplen() {
        return snaplen;
    }

    /** {@return the if_tsresol octet: 6 is microseconds, 9 nanoseconds, 0x80 + n is 2 to the power -n} */
    public int timestampResolution() {
        return unit.resolution();
    }

    /** {@return if_tsoffset: seconds to add to timestamps as stored; already added wherever a time is read} */
    public long timestampOffsetSeconds() {
        return unit.offsetSeconds();
    }

    /** {@return if_name} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return if_description} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return the capture filter, if_filter as a string} */
    public Optional<String> filter() {
        return Optional.ofNullable(filter);
    }

    /** {@return if_os, the operating system of the machine that has the interface} */
    public Optional<String> os() {
        return Optional.ofNullable(os);
    }

    /** {@return if_hardware} */
    public Optional<String> hardware() {
        return Optional.ofNullable(hardware);
    }

    TimestampUnit unit() {
        return unit;
    }

    List<RawOption> otherOptions() {
        return otherOptions;
    }

    /** How many options it has beside those of the unit of time and the frame check, which every format can say. */
    int optionCount() {
        int texts = 0;
        for (String text : new @Nullable String[] {name, description, filter, os, hardware}) {
            texts += text == null ? 0 : 1;
        }
        return texts + otherOptions.size() - (FrameCheck.isToldBy(this) ? 1 : 0);
    }

    /** All options as they are in a little-endian file, octet for octet; null if any is to be another. Never changed. */
    byte @Nullable [] verbatimOptions() {
        return verbatimOptions;
    }

    @Override
    public String toString() {
        return name().orElse("unnamed interface") + ", " + linkType + ", snaplen " + snaplen;
    }
}
