package io.podcapture.pcap.filter;

/** Instructions of the Java virtual machine. Source: The Java Virtual Machine Specification, 6.5 "Instructions". */
final class Opcodes {
    static final int ICONST_0 = 3;
    static final int ICONST_1 = 4;
    static final int BIPUSH = 16;
    static final int SIPUSH = 17;
    static final int LDC = 18;
    static final int LDC_W = 19;
    static final int LDC2_W = 20;
    static final int ILOAD = 21;
    static final int ALOAD = 25;
    static final int IALOAD = 46;
    static final int ISTORE = 54;
    static final int DUP = 89;
    static final int IADD = 96;
    static final int LADD = 97;
    static final int ISUB = 100;
    static final int IMUL = 104;
    static final int IDIV = 108;
    static final int IREM = 112;
    static final int INEG = 116;
    static final int ISHL = 120;
    static final int ISHR = 122;
    static final int IUSHR = 124;
    static final int IAND = 126;
    static final int LAND = 127;
    static final int IOR = 128;
    static final int IXOR = 130;
    static final int I2L = 133;
    static final int LCMP = 148;
    static final int IFEQ = 153;
    static final int IFNE = 154;
    static final int IFGE = 156;
    static final int IFGT = 157;
    static final int IF_ICMPEQ = 159;
    static final int IF_ICMPLT = 161;
    static final int IF_ICMPGE = 162;
    static final int IF_ICMPGT = 163;
    static final int IRETURN = 172;
    static final int RETURN = 177;
    static final int GETFIELD = 180;
    static final int PUTFIELD = 181;
    static final int INVOKEVIRTUAL = 182;
    static final int INVOKESPECIAL = 183;
    static final int INVOKESTATIC = 184;

    private Opcodes() {}

    /** {@return the jump that is taken when this one is not} */
    static int opposite(int jump) {
        return (jump - 1 ^ 1) + 1;
    }
}
