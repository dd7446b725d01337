"""Mutation testing: does a test notice when the code is made wrong in one small place?"""
