"""Its place here lets the tests of the folders below import the siblings of this one."""
