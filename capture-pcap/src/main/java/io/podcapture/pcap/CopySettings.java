package io.podcapture.pcap;

/**
 * What a copy is to be like, whatever its format.
 *
 * @param section what its section header says; each output needs one of its own
 * @param unifySnaplens whether interfaces of one link type get one snaplen
 * @param merging of interfaces
 */
record CopySettings(SectionHeader section, boolean unifySnaplens, InterfaceMerging merging) {
    /** Interfaces as they are in the inputs. */
    static CopySettings unchanged() {
        return new CopySettings(new SectionHeader(), false, InterfaceMerging.NONE);
    }
}
