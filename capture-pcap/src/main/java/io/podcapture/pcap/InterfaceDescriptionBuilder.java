package io.podcapture.pcap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects an {@link InterfaceDescription}. Each property may be set once; not for use by several threads.
 *
 * <p>Texts of any length are taken; {@link PcapngWriter} cuts what does not fit an option.
 *
 * @since 0.1
 */
public final class InterfaceDescriptionBuilder {
    final LinkType linkType;
    private final @Nullable InterfaceDescription base;
    private final List<RawOption> otherOptions;
    private @Nullable Long snaplen;
    private @Nullable Integer timestampResolution;
    private @Nullable Long timestampOffsetSeconds;
    private @Nullable String name;
    private @Nullable String description;
    private @Nullable String filter;
    private @Nullable String os;
    private @Nullable String hardware;
    private byte @Nullable [] verbatimOptions;

    InterfaceDescriptionBuilder(LinkType linkType) {
        this.linkType = linkType;
        this.base = null;
        this.otherOptions = new ArrayList<>();
    }

    InterfaceDescriptionBuilder(InterfaceDescription base) {
        this.linkType = base.linkType();
        this.base = base;
        this.otherOptions = new ArrayList<>(base.otherOptions());
        this.verbatimOptions = base.verbatimOptions();
    }

    /**
     * Sets the most octets kept per packet.
     *
     * @param octets 0 to 4294967295; 0 is no limit
     * @return this
     */
    public InterfaceDescriptionBuilder snaplen(long octets) {
        if (octets < 0 || octets > 0xffff_ffffL) {
            throw new IllegalArgumentException("snaplen " + octets + " is not within 0 to 4294967295");
        }
        snaplen = Once.set("snaplen", snaplen, octets);
        return this;
    }

    /**
     * Sets the unit of timestamps.
     *
     * @param octet as if_tsresol, 0 to 255: 6 is microseconds, 9 nanoseconds, 0x80 + n is 2 to the power -n
     * @return this
     */
    public InterfaceDescriptionBuilder timestampResolution(int octet) {
        if (octet < 0 || octet > 0xff) {
            throw new IllegalArgumentException("timestamp resolution " + octet + " is not within 0 to 255");
        }
        verbatimOptions = null;
        timestampResolution = Once.set("timestamp resolution", timestampResolution, octet);
        return this;
    }

    /**
     * Sets the seconds that are to be added to timestamps as stored.
     *
     * @param seconds as if_tsoffset, signed
     * @return this
     */
    public InterfaceDescriptionBuilder timestampOffsetSeconds(long seconds) {
        verbatimOptions = null;
        timestampOffsetSeconds = Once.set("timestamp offset", timestampOffsetSeconds, seconds);
        return this;
    }

    /**
     * Sets if_name, shown beside each packet by most tools.
     *
     * @param name of the interface
     * @return this
     */
    public InterfaceDescriptionBuilder name(String name) {
        verbatimOptions = null;
        this.name = Once.set("name", this.name, name);
        return this;
    }

    /**
     * Sets if_description.
     *
     * @param description of the interface
     * @return this
     */
    public InterfaceDescriptionBuilder description(String description) {
        verbatimOptions = null;
        this.description = Once.set("description", this.description, description);
        return this;
    }

    /**
     * Sets if_filter.
     *
     * @param expression the capture filter in libpcap's language
     * @return this
     */
    public InterfaceDescriptionBuilder filter(String expression) {
        verbatimOptions = null;
        filter = Once.set("filter", filter, expression);
        // A compiled one that was carried from a file.
        otherOptions.removeIf(other -> other.code() == PcapngCodes.IF_FILTER);
        return this;
    }

    /**
     * Sets if_os.
     *
     * @param os the operating system of the machine that has the interface
     * @return this
     */
    public InterfaceDescriptionBuilder os(String os) {
        verbatimOptions = null;
        this.os = Once.set("os", this.os, os);
        return this;
    }

    /**
     * Sets if_hardware.
     *
     * @param hardware of the interface
     * @return this
     */
    public InterfaceDescriptionBuilder hardware(String hardware) {
        verbatimOptions = null;
        this.hardware = Once.set("hardware", this.hardware, hardware);
        return this;
    }

    /** {@return the description} */
    public InterfaceDescription build() {
        return new InterfaceDescription(this);
    }

    InterfaceDescriptionBuilder other(RawOption option) {
        verbatimOptions = null;
        otherOptions.add(option);
        return this;
    }

    /** Has the options written as they were read; to be called last, for any other set afterwards undoes it. */
    InterfaceDescriptionBuilder verbatimOptions(byte[] octets) {
        verbatimOptions = octets;
        return this;
    }

    byte @Nullable [] verbatimOptions() {
        return verbatimOptions;
    }

    long snaplen() {
        return snaplen != null ? snaplen : base != null ? base.snaplen() : 0;
    }

    int timestampResolution() {
        return timestampResolution != null
                ? timestampResolution
                : base != null ? base.timestampResolution() : TimestampUnit.MICROSECONDS;
    }

    long timestampOffsetSeconds() {
        return timestampOffsetSeconds != null
                ? timestampOffsetSeconds
                : base != null ? base.timestampOffsetSeconds() : 0;
    }

    @Nullable
    String name() {
        return name != null || base == null ? name : base.name().orElse(null);
    }

    @Nullable
    String description() {
        return description != null || base == null
                ? description
                : base.description().orElse(null);
    }

    @Nullable
    String filter() {
        return filter != null || base == null ? filter : base.filter().orElse(null);
    }

    @Nullable
    String os() {
        return os != null || base == null ? os : base.os().orElse(null);
    }

    @Nullable
    String hardware() {
        return hardware != null || base == null ? hardware : base.hardware().orElse(null);
    }

    List<RawOption> otherOptions() {
        return List.copyOf(otherOptions);
    }
}
